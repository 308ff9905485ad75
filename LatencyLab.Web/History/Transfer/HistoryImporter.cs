using System.Text.Json;
using System.Text.RegularExpressions;
using LatencyLab.Web.History.Kinds;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.History.Transfer;

/// <summary>Takes runs that another machine exported.</summary>
public interface IHistoryImporter
{
    /// <summary>Adds the runs of a file: an export, or one result as the command line prints it with <c>--json</c>.</summary>
    /// <exception cref="ImportRefusedException">It is no export of the history, or of a newer version.</exception>
    /// <exception cref="HistoryException">The database does not answer; runs before that may have been added.</exception>
    Task<ImportReport> ImportAsync(Stream file, CancellationToken cancellationToken);
}

/// <summary>Takes runs that another machine exported. Nothing in the file is trusted: each run must keep its kind's contract.</summary>
internal sealed partial class HistoryImporter(IRunHistory history, RunKinds kinds, IOptions<HistoryOptions> options, TimeProvider time)
    : IHistoryImporter
{
    private const int MaxTextLength = 500;
    private const int MaxNames = 10_000;
    private static readonly TimeSpan ClockDifference = TimeSpan.FromDays(1);

    public async Task<ImportReport> ImportAsync(Stream file, CancellationToken cancellationToken)
    {
        var runs = (await ReadAsync(file, cancellationToken)).Runs;
        var report = new ImportReport([], [], []);
        for (var index = 0; index < runs.Count; index++)
        {
            var run = runs[index];
            report = ProblemOf(run) is { } problem
                ? report with { Refused = [.. report.Refused, new RefusedRun(index + 1, run.Id, problem)] }
                : await history.AddAsync(run, cancellationToken)
                    ? report with { Imported = [.. report.Imported, run.Id] }
                    : report with { Duplicates = [.. report.Duplicates, run.Id] };
        }
        return report;
    }

    private async Task<HistoryExport> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        HistoryExport? export;
        try
        {
            using var document = await JsonDocument.ParseAsync(file, default, cancellationToken);
            var root = document.RootElement.Clone();
            if (PrintedResult.Read(root, kinds) is { } printed)
            {
                return HistoryExport.Of([printed], time.GetUtcNow());
            }
            export = root.Deserialize<HistoryExport>(HistoryJson.Strict);
        }
        catch (InvalidRunException error)
        {
            throw new ImportRefusedException($"The file looks like what the command line prints, but {error.Message}.");
        }
        catch (JsonException error)
        {
            throw new ImportRefusedException(
                $"The file is neither an export of LatencyLab's history nor what latencylab compare, load or profile prints with --json: {error.Message}");
        }
        return export switch
        {
            not { Format: HistoryExport.FormatName } => throw new ImportRefusedException($"The file's format is not `{HistoryExport.FormatName}`."),
            { Version: < 1 or > HistoryExport.NewestVersion } => throw new ImportRefusedException(
                $"The file's version is {export.Version}; this LatencyLab knows {HistoryExport.NewestVersion}. Update it, or export from an older one."),
            { Runs.Count: var count } when count > options.Value.TransferredRuns => throw new ImportRefusedException(
                $"The file has {count} runs; at most {options.Value.TransferredRuns} are taken at once."),
            _ => export,
        };
    }

    private string? ProblemOf(RunRecord run)
    {
        if (!Identifier().IsMatch(run.Id))
        {
            return "its identifier must be 1 to 64 letters, digits, dashes or underscores";
        }
        if (kinds.Find(run.Kind) is not { } kind)
        {
            return $"its kind `{run.Kind}` is unknown; known are {string.Join(", ", kinds.All.Select(known => known.Id).Order())}";
        }
        if (run.Status == RunStatus.Running)
        {
            return "it is still running; export it again when it has ended";
        }
        if (run.CreatedAt > time.GetUtcNow() + ClockDifference)
        {
            return "it began in the future";
        }
        if (run.ModelIds.Count + run.VariantIds.Count + run.Headline.Count > MaxNames || Texts(run).Any(text => text.Length > MaxTextLength || text.Any(char.IsControl)))
        {
            return $"a text in it is longer than {MaxTextLength} characters or has control characters";
        }
        if (run.Payload is not { } payload)
        {
            return run.Status == RunStatus.Completed ? "it is completed and has no payload" : null;
        }
        try
        {
            kind.Read(payload);
            return null;
        }
        catch (InvalidRunException error)
        {
            return error.Message;
        }
    }

    private static IEnumerable<string> Texts(RunRecord run) =>
    [
        run.Title, run.Message ?? "", run.Machine.Cpu, run.Machine.Int8Path, run.Machine.Os, run.Machine.Gpu ?? "", run.Machine.RuntimeVersion,
        run.Machine.Version, .. run.ModelIds, .. run.VariantIds, .. run.Headline.SelectMany(figure => new[] { figure.Name, figure.Unit }),
    ];

    [GeneratedRegex(@"\A[A-Za-z0-9_\-]{1,64}\z")]
    private static partial Regex Identifier();
}
