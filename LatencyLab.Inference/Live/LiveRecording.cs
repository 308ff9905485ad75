using LatencyLab.Inference.Runtime;

namespace LatencyLab.Inference.Live;

/// <summary>A recorded live run: what was seen, and on which machine. Replaying it needs no model and makes no load.</summary>
public sealed record LiveRecording
{
    /// <summary>What <see cref="Schema"/> says in files of this kind.</summary>
    public const string SchemaName = "latencylab-live";

    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Most frames, ten minutes of five a second: a recording is to be carried around.</summary>
    public const int MaxFrames = 3_000;

    /// <summary>The kind of file.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>The version of its layout.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>When the recording began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The model's identifier.</summary>
    public required string ModelId { get; init; }

    /// <summary>The model's name for people.</summary>
    public required string ModelTitle { get; init; }

    /// <summary>Answers of so long ago make up the figures of a frame.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>The variants, in the order of the frames.</summary>
    public required IReadOnlyList<RecordedVariant> Variants { get; init; }

    /// <summary>The machine.</summary>
    public required EnvironmentFacts Environment { get; init; }

    /// <summary>What was seen, in order.</summary>
    public required IReadOnlyList<LiveFrame> Frames { get; init; }
}

/// <summary>A variant of a recording.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Title">Name for people.</param>
public sealed record RecordedVariant(string Id, string Title);
