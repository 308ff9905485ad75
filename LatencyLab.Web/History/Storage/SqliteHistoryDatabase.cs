using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace LatencyLab.Web.History.Storage;

/// <summary>The history in one file. Beside it lies an empty file for each process that has it open, locked as long as the process lives.</summary>
internal sealed class SqliteHistoryDatabase : IHistoryDatabase
{
    private const int BusyTimeoutSeconds = 30;

    /// <summary>
    /// WAL lets readers and the writer pass each other. With synchronous=FULL a commit returns once the disk has it. Deleted content is
    /// overwritten, pictures above all.
    /// </summary>
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;";

    private readonly string _path;
    private readonly string _connectionString;
    private FileStream? _held;

    /// <param name="path">The file; made with its folder where it does not exist.</param>
    public SqliteHistoryDatabase(string path)
    {
        _path = Path.GetFullPath(path);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = _path, DefaultTimeout = BusyTimeoutSeconds }.ToString();
    }

    public string Dialect => "Sqlite";

    public string Location => _path;

    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await connection.ExecuteAsync(Pragmas);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // An immediate transaction: it holds the write lock from its beginning.
    public async Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);

    public Task HoldAsync(long owner, CancellationToken cancellationToken)
    {
        _held = new FileStream(SignOf(owner), FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        return Task.CompletedTask;
    }

    public Task<bool> IsAliveAsync(long owner, CancellationToken cancellationToken)
    {
        try
        {
            // Whoever can lock the file of a dead process removes it.
            new FileStream(SignOf(owner), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return Task.FromResult(false);
        }
        catch (FileNotFoundException)
        {
            return Task.FromResult(false);
        }
        catch (IOException)
        {
            return Task.FromResult(true);
        }
    }

    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE);");
    }

    public async ValueTask DisposeAsync()
    {
        if (_held is not null)
        {
            await _held.DisposeAsync();
        }
        await using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private string SignOf(long owner) => string.Create(CultureInfo.InvariantCulture, $"{_path}.{owner:x16}.alive");
}
