using System.Data.Common;
using LatencyLab.Web.History.Storage;

namespace LatencyLab.Web.History;

/// <summary>Opens the history when the application starts, and writes what waits when it ends.</summary>
internal sealed class HistoryLifetime(
    IHistoryDatabase database, HistoryWriter writer, HistoryOwner owner, TimeProvider time, ILogger<HistoryLifetime> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var migration in await MigrationRunner.RunAsync(database, time.GetUtcNow(), cancellationToken))
            {
                logger.LogInformation("History in {Location}: applied migration {Version} {Name}", database.Location, migration.Version, migration.Name);
            }
            await database.HoldAsync(owner.Id, cancellationToken);
            await MarkInterruptedAsync(cancellationToken);
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException)
        {
            throw new HistoryException(
                $"The history in {database.Location} cannot be opened: {error.Message} "
                + "Set LatencyLab:DataPath to a folder that can be written, or ConnectionStrings:History to a PostgreSQL database.", error);
        }
        writer.Start();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var ended = writer.WriteAsync(transaction => transaction.InterruptAsync(owner.Name, time.GetUtcNow(), "The application was shut down."));
        await writer.StopAsync().WaitAsync(cancellationToken);
        try
        {
            await ended;
        }
        catch (HistoryException error)
        {
            // What still ran is marked at the next start instead; a shutdown must not fail over it.
            logger.LogWarning(error, "The history was closed already");
        }
    }

    /// <summary>What dead processes left running is interrupted; other servers that live keep theirs.</summary>
    private async Task MarkInterruptedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var name in await transaction.OwnersAsync())
        {
            if (HistoryOwner.Parse(name) is { } id && await database.IsAliveAsync(id, cancellationToken))
            {
                continue;
            }
            var runs = await transaction.InterruptAsync(name, finishedAt: null, "Its process ended before it did.");
            logger.LogWarning("{Runs} runs of a process that is gone were marked interrupted", runs);
        }
        await transaction.CommitAsync(cancellationToken);
    }
}
