using System.Data.Common;
using Dapper;

namespace LatencyLab.Web.History.Storage;

/// <summary>The statements that change runs; both dialects understand them.</summary>
internal static class RunStatements
{
    private const string Insert =
        "INSERT INTO history_run (id, kind, title, created_at, finished_at, status, message, owner, machine, machine_facts, model_ids, variant_ids, "
        + "headline, search_text, payload) VALUES (@Id, @Kind, @Title, @CreatedAt, @FinishedAt, @Status, @Message, @Owner, @Machine, @MachineFacts, "
        + "@ModelIds, @VariantIds, @Headline, @SearchText, @Payload) ";

    private const string Replace =
        "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, created_at = excluded.created_at, "
        + "finished_at = excluded.finished_at, status = excluded.status, message = excluded.message, owner = excluded.owner, "
        + "machine = excluded.machine, machine_facts = excluded.machine_facts, model_ids = excluded.model_ids, variant_ids = excluded.variant_ids, "
        + "headline = excluded.headline, search_text = excluded.search_text, payload = excluded.payload";

    private const string Interrupt =
        "UPDATE history_run SET status = 'interrupted', finished_at = @finishedAt, message = @message, owner = NULL "
        + "WHERE status = 'running' AND owner = @owner";

    /// <summary>Writes a run, in place of an earlier state of it.</summary>
    public static Task PutAsync(this DbTransaction transaction, RunRow row) =>
        transaction.Connection!.ExecuteAsync(Insert + Replace, row, transaction);

    /// <summary>Writes a run unless there is one of its identifier; says whether it did.</summary>
    public static async Task<bool> AddAsync(this DbTransaction transaction, RunRow row) =>
        await transaction.Connection!.ExecuteAsync(Insert + "ON CONFLICT (id) DO NOTHING", row, transaction) > 0;

    /// <summary>Deletes a run that does not run, with its picture; says whether there was one.</summary>
    public static async Task<bool> DeleteAsync(this DbTransaction transaction, string id) =>
        await transaction.Connection!.ExecuteAsync("DELETE FROM history_run WHERE id = @id AND status <> 'running'", new { id }, transaction) > 0;

    /// <summary>Marks what a process left running; says how many runs that were.</summary>
    /// <param name="transaction">Where it happens.</param>
    /// <param name="owner">The process.</param>
    /// <param name="finishedAt">When the runs ended; null where that is not known.</param>
    /// <param name="message">Why they ended.</param>
    public static Task<int> InterruptAsync(this DbTransaction transaction, string owner, DateTimeOffset? finishedAt, string message) =>
        transaction.Connection!.ExecuteAsync(
            Interrupt, new { owner, message, finishedAt = finishedAt is { } time ? StoredTime.Of(time) : null }, transaction);

    /// <summary>The processes that left runs running, or run them still.</summary>
    public static async Task<IReadOnlyList<string>> OwnersAsync(this DbTransaction transaction) =>
        [.. await transaction.Connection!.QueryAsync<string>(
            "SELECT DISTINCT owner FROM history_run WHERE status = 'running' AND owner IS NOT NULL", transaction: transaction)];
}
