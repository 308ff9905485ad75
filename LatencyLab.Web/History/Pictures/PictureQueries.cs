using System.Data.Common;
using Dapper;
using LatencyLab.Web.History.Storage;

namespace LatencyLab.Web.History.Pictures;

/// <summary>Reads kept pictures.</summary>
internal sealed class PictureQueries(IHistoryDatabase database)
{
    public async Task<KeptPicture?> FindAsync(string runId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<PictureRow>(
            "SELECT format AS Format, encoded AS Encoded FROM history_picture WHERE run_id = @runId", new { runId });
        return row is null ? null : new KeptPicture(row.Format, row.Encoded);
    }

    private sealed record PictureRow
    {
        public string Format { get; init; } = "";

        public byte[] Encoded { get; init; } = [];
    }
}

/// <summary>The statements that change kept pictures.</summary>
internal static class PictureStatements
{
    private const string Put =
        "INSERT INTO history_picture (run_id, format, kept_at, size_bytes, encoded) VALUES (@runId, @Format, @keptAt, @sizeBytes, @encoded) "
        + "ON CONFLICT (run_id) DO NOTHING";

    // The newest that together fit stay; a sum over all newer ones is the room taken before a picture's turn comes.
    private const string DropBeyondQuota =
        "DELETE FROM history_picture WHERE run_id IN (SELECT run_id FROM ("
        + "SELECT run_id, SUM(size_bytes) OVER (ORDER BY kept_at DESC, run_id) AS taken FROM history_picture) AS ranked WHERE taken > @quotaBytes)";

    /// <summary>Keeps a run's picture.</summary>
    public static Task PutPictureAsync(this DbTransaction transaction, string runId, KeptPicture picture, DateTimeOffset now) =>
        transaction.Connection!.ExecuteAsync(
            Put,
            new { runId, picture.Format, keptAt = StoredTime.Of(now), sizeBytes = (long)picture.Encoded.Length, encoded = picture.Encoded.ToArray() },
            transaction);

    /// <summary>Deletes pictures that are older than a moment, and the oldest of those that outgrow the quota; says how many.</summary>
    public static async Task<int> DropPicturesAsync(this DbTransaction transaction, DateTimeOffset keptSince, long quotaBytes)
    {
        var expired = await transaction.Connection!.ExecuteAsync(
            "DELETE FROM history_picture WHERE kept_at < @since", new { since = StoredTime.Of(keptSince) }, transaction);
        return expired + await transaction.Connection!.ExecuteAsync(DropBeyondQuota, new { quotaBytes }, transaction);
    }
}
