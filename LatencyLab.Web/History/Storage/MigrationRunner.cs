using Dapper;

namespace LatencyLab.Web.History.Storage;

/// <summary>Brings the database to this version's schema: all missing steps in one transaction, one server at a time.</summary>
internal static class MigrationRunner
{
    private const string CreateTable =
        "CREATE TABLE IF NOT EXISTS history_migration (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)";

    private const string Insert = "INSERT INTO history_migration (version, name, applied_at) VALUES (@Version, @Name, @appliedAt)";

    /// <returns>The steps that were missing.</returns>
    /// <exception cref="HistoryException">A newer version of LatencyLab made the database.</exception>
    public static async Task<IReadOnlyList<Migration>> RunAsync(IHistoryDatabase database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = Migration.All(database.Dialect);
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = await database.BeginMigrationAsync(connection, cancellationToken);
        await connection.ExecuteAsync(CreateTable, transaction: transaction);
        var applied = await connection.ExecuteScalarAsync<int?>("SELECT MAX(version) FROM history_migration", transaction: transaction) ?? 0;
        if (applied > known[^1].Version)
        {
            throw new HistoryException(
                $"The history in {database.Location} was made by a newer version of LatencyLab (schema {applied}; this version knows {known[^1].Version}). "
                + "Run that version, or name another place with LatencyLab:DataPath or ConnectionStrings:History.");
        }
        var missing = known.Where(migration => migration.Version > applied).ToArray();
        foreach (var migration in missing)
        {
            await connection.ExecuteAsync(migration.Sql, transaction: transaction);
            await connection.ExecuteAsync(Insert, new { migration.Version, migration.Name, appliedAt = StoredTime.Of(now) }, transaction);
        }
        await transaction.CommitAsync(cancellationToken);
        return missing;
    }
}
