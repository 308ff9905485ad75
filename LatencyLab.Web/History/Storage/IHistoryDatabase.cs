using System.Data.Common;

namespace LatencyLab.Web.History.Storage;

/// <summary>What differs between the databases that the history may lie in.</summary>
internal interface IHistoryDatabase : IAsyncDisposable
{
    /// <summary>Folder of the migrations in its dialect.</summary>
    string Dialect { get; }

    /// <summary>Where it is, for messages; without secrets.</summary>
    string Location { get; }

    /// <summary>An open connection on which a commit returns only once the disk has the data.</summary>
    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>A transaction that no other server's migration can run beside.</summary>
    Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Shows that this process lives, until it ends in whatever way: the operating system or the server takes the sign away.</summary>
    /// <param name="owner">Identifier of the process.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task HoldAsync(long owner, CancellationToken cancellationToken);

    /// <summary>Whether the process of an identifier lives.</summary>
    Task<bool> IsAliveAsync(long owner, CancellationToken cancellationToken);

    /// <summary>After pictures were deleted: leaves nothing of them in the files, as far as that is in the program's hands.</summary>
    Task ScrubAsync(CancellationToken cancellationToken);
}
