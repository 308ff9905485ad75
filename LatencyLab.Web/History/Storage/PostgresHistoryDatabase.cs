using System.Data.Common;
using Dapper;
using Npgsql;

namespace LatencyLab.Web.History.Storage;

/// <summary>The history in PostgreSQL, which several servers may share. A process shows that it lives by an advisory lock of its session.</summary>
internal sealed class PostgresHistoryDatabase : IHistoryDatabase
{
    /// <summary>Any number that no one else's advisory locks are likely to use.</summary>
    private const long MigrationLock = 0x4C61_7465_6E63_7901;

    private const int KeepAliveSeconds = 30;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _sign;
    private NpgsqlConnection? _held;

    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public PostgresHistoryDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        Location = $"PostgreSQL database {settings.Database} on {settings.Host}";
        // Whatever the server's default is: a commit returns once the disk has it.
        settings.Options = $"{settings.Options} -c synchronous_commit=on".Trim();
        _source = NpgsqlDataSource.Create(settings);
        // Outside the pool, which would hand the session, and so the lock, on.
        settings.Pooling = false;
        settings.KeepAlive = KeepAliveSeconds;
        _sign = NpgsqlDataSource.Create(settings);
    }

    public string Dialect => "PostgreSql";

    public string Location { get; }

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

    public async Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@MigrationLock)", new { MigrationLock }, transaction);
        return transaction;
    }

    public async Task HoldAsync(long owner, CancellationToken cancellationToken)
    {
        _held = await _sign.OpenConnectionAsync(cancellationToken);
        await _held.ExecuteAsync("SELECT pg_advisory_lock(@owner)", new { owner });
    }

    public async Task<bool> IsAliveAsync(long owner, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        if (!await connection.ExecuteScalarAsync<bool>("SELECT pg_try_advisory_lock(@owner)", new { owner }))
        {
            return true;
        }
        await connection.ExecuteAsync("SELECT pg_advisory_unlock(@owner)", new { owner });
        return false;
    }

    // The server reclaims the space by itself.
    public Task ScrubAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_held is not null)
        {
            await _held.DisposeAsync();
        }
        await _sign.DisposeAsync();
        await _source.DisposeAsync();
    }
}
