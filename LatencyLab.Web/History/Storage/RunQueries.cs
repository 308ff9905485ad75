using System.Text.Json;
using Dapper;

namespace LatencyLab.Web.History.Storage;

/// <summary>Reads runs.</summary>
internal sealed class RunQueries(IHistoryDatabase database)
{
    public async Task<RunRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<RunRow>(
            $"SELECT {RunRow.SummaryColumns}, payload AS Payload FROM history_run WHERE id = @id", new { id });
        return row?.ToRecord();
    }

    public async Task<RunList> ListAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        var (where, values) = Conditions(filter);
        await using var connection = await database.OpenAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM history_run {where}", values);
        values.Add("limit", filter.PageSize);
        values.Add("offset", (long)(filter.Page - 1) * filter.PageSize);
        var rows = await connection.QueryAsync<RunRow>(
            $"SELECT {RunRow.SummaryColumns} FROM history_run {where} ORDER BY created_at DESC, id LIMIT @limit OFFSET @offset", values);
        return new RunList([.. rows.Select(row => row.ToRecord())], total, filter.Page, filter.PageSize);
    }

    public async Task<RunFacets> FacetsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var kinds = await connection.QueryAsync<string>("SELECT DISTINCT kind FROM history_run ORDER BY kind");
        var models = await connection.QueryAsync<string>("SELECT DISTINCT model_ids FROM history_run");
        var machines = await connection.QueryAsync<string>("SELECT DISTINCT machine FROM history_run ORDER BY machine");
        return new RunFacets(
            [.. kinds],
            [.. models.SelectMany(ids => JsonSerializer.Deserialize<string[]>(ids, HistoryJson.Options)!).Distinct().Order(StringComparer.Ordinal)],
            [.. machines]);
    }

    private static (string Where, DynamicParameters Values) Conditions(RunFilter filter)
    {
        var conditions = new List<string>();
        var values = new DynamicParameters();
        void Add(string condition, string name, string? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                values.Add(name, value);
            }
        }
        Add("kind = @kind", "kind", filter.Kind);
        Add("machine = @machine", "machine", filter.Machine);
        Add("created_at >= @since", "since", filter.From is { } from ? StoredTime.Of(from) : null);
        Add("created_at < @before", "before", filter.Before is { } before ? StoredTime.Of(before) : null);
        // The identifiers are a JSON array: with its quotes, one identifier cannot be found within another.
        Add(@"model_ids LIKE @model ESCAPE '\'", "model", filter.Model is { } model ? Containing($"\"{model}\"") : null);
        foreach (var (index, word) in (filter.Text ?? "").ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Index())
        {
            Add($@"search_text LIKE @word{index} ESCAPE '\'", $"word{index}", Containing(word));
        }
        return (conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions), values);
    }

    private static string Containing(string text) =>
        $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
}
