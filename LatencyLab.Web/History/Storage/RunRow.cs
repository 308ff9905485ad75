using System.Text.Json;

namespace LatencyLab.Web.History.Storage;

/// <summary>A row of <c>history_run</c>.</summary>
internal sealed record RunRow
{
    /// <summary>The columns of the list, without the payload.</summary>
    public const string SummaryColumns =
        "id AS Id, kind AS Kind, title AS Title, created_at AS CreatedAt, finished_at AS FinishedAt, status AS Status, message AS Message, "
        + "machine_facts AS MachineFacts, model_ids AS ModelIds, variant_ids AS VariantIds, headline AS Headline";

    public string Id { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Title { get; init; } = "";

    public string CreatedAt { get; init; } = "";

    public string? FinishedAt { get; init; }

    public string Status { get; init; } = "";

    public string? Message { get; init; }

    /// <summary>The process that writes it while it runs.</summary>
    public string? Owner { get; init; }

    public string Machine { get; init; } = "";

    public string MachineFacts { get; init; } = "";

    public string ModelIds { get; init; } = "";

    public string VariantIds { get; init; } = "";

    public string Headline { get; init; } = "";

    /// <summary>All that a search looks into, in small letters.</summary>
    public string SearchText { get; init; } = "";

    public string? Payload { get; init; }

    public static RunRow Of(RunRecord run, string? owner) => new()
    {
        Id = run.Id,
        Kind = run.Kind,
        Title = run.Title,
        CreatedAt = StoredTime.Of(run.CreatedAt),
        FinishedAt = run.FinishedAt is { } finished ? StoredTime.Of(finished) : null,
        Status = JsonNamingPolicy.CamelCase.ConvertName(run.Status.ToString()),
        Message = run.Message,
        Owner = owner,
        Machine = run.Machine.Name(),
        MachineFacts = Json(run.Machine),
        ModelIds = Json(run.ModelIds),
        VariantIds = Json(run.VariantIds),
        Headline = Json(run.Headline),
        SearchText = SearchTextOf(run),
        Payload = run.Payload?.GetRawText(),
    };

    public RunRecord ToRecord()
    {
        using var payload = Payload is null ? null : JsonDocument.Parse(Payload);
        return new RunRecord
        {
            Id = Id,
            Kind = Kind,
            Title = Title,
            CreatedAt = StoredTime.Read(CreatedAt),
            FinishedAt = FinishedAt is null ? null : StoredTime.Read(FinishedAt),
            Status = Enum.Parse<RunStatus>(Status, ignoreCase: true),
            Message = Message,
            Machine = Parse<RunMachine>(MachineFacts),
            ModelIds = Parse<string[]>(ModelIds),
            VariantIds = Parse<string[]>(VariantIds),
            Headline = Parse<HeadlineFigure[]>(Headline),
            Payload = payload?.RootElement.Clone(),
        };
    }

    private static string SearchTextOf(RunRecord run) =>
        string.Join('\n', [run.Title, run.Id, run.Kind, .. run.ModelIds, .. run.VariantIds, run.Machine.Name(), run.Machine.Os]).ToLowerInvariant();

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, HistoryJson.Options);

    private static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, HistoryJson.Options)!;
}
