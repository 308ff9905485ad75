using LatencyLab.Inference.Hosting;
using LatencyLab.Web.History.Kinds;
using LatencyLab.Web.History.Pictures;
using LatencyLab.Web.History.Storage;
using LatencyLab.Web.History.Transfer;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.History;

/// <summary>Registers the history.</summary>
internal static class HistoryExtensions
{
    private const string FileName = "history.db";

    /// <summary>Adds the history: a file under <c>LatencyLab:DataPath</c>, or PostgreSQL by <c>ConnectionStrings:History</c>.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HistoryOptions>().Bind(configuration.GetSection(HistoryOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IHistoryDatabase>(provider => configuration.GetConnectionString(HistoryOptions.ConnectionName) is { Length: > 0 } connection
            ? new PostgresHistoryDatabase(connection)
            : new SqliteHistoryDatabase(Path.Combine(DataPath(provider.GetRequiredService<IOptions<LatencyLabOptions>>().Value), FileName)));
        services.AddSingleton<HistoryOwner>();
        services.AddSingleton<HistoryWriter>();
        services.AddSingleton<RunKinds>();
        services.AddSingleton<IRunKind, ComparisonRunKind>();
        services.AddSingleton<IRunKind, FrontierRunKind>();
        services.AddSingleton<IRunKind, LayersRunKind>();
        services.AddSingleton<IRunKind, LoadRunKind>();
        services.AddSingleton<IRunKind, ProfileRunKind>();
        services.AddSingleton<IRunHistory, RunHistory>();
        services.AddSingleton<IHistoryImporter, HistoryImporter>();
        services.AddHostedService<HistoryLifetime>();
        services.AddSingleton<PictureSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<PictureSweep>());
        return services;
    }

    private static string DataPath(LatencyLabOptions options)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return options.DataPath ?? Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "LatencyLab");
    }
}
