using LatencyLab.Web.History.Storage;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.History.Pictures;

/// <summary>Enforces expiry and quota of kept pictures, also of those from a time when the settings were others.</summary>
internal sealed class PictureSweep(
    IHistoryDatabase database, HistoryWriter writer, IOptions<HistoryOptions> options, TimeProvider time, ILogger<PictureSweep> logger) : BackgroundService
{
    private const long BytesPerMegabyte = 1_000_000;

    /// <summary>Sweeps once; says how many pictures went.</summary>
    /// <exception cref="HistoryException">The database does not answer.</exception>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var dropped = 0;
        var since = options.Value.KeepPictures ? time.GetUtcNow().AddDays(-options.Value.PictureDays) : DateTimeOffset.MaxValue;
        await writer.WriteAsync(async transaction =>
            dropped = await transaction.DropPicturesAsync(since, options.Value.PictureQuotaMegabytes * BytesPerMegabyte)).WaitAsync(cancellationToken);
        if (dropped > 0)
        {
            await database.ScrubAsync(cancellationToken);
            logger.LogInformation("{Pictures} kept pictures expired", dropped);
        }
        return dropped;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(options.Value.PictureSweepMinutes), time);
        try
        {
            do
            {
                try
                {
                    await SweepAsync(stoppingToken);
                }
                catch (HistoryException)
                {
                    // The writer has logged it; the next sweep tries again.
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }
}
