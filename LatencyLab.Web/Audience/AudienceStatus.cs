namespace LatencyLab.Web.Audience;

/// <summary>What the sender of a photo may know.</summary>
public sealed record AudienceStatus
{
    /// <summary>The photo's identifier.</summary>
    public required string Id { get; init; }

    /// <summary>What became of it.</summary>
    public required AudienceState State { get; init; }

    /// <summary>While it waits, its place in the queue, from 1; null afterwards.</summary>
    public int? Place { get; init; }

    /// <summary>What the variants say of it, once they have answered.</summary>
    public IReadOnlyList<AudienceAnswer> Answers { get; init; } = [];
}
