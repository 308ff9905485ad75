namespace LatencyLab.Inference.Live;

/// <summary>What the variants of a live run are sent: the chosen pictures in turn, or one that is shown meanwhile.</summary>
/// <param name="chosen">Encoded pictures; a drawn one where there are none.</param>
public sealed class LivePictures(IReadOnlyList<ReadOnlyMemory<byte>> chosen)
{
    private volatile Box? _shown;

    /// <summary>The chosen pictures.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chosen { get; } = chosen;

    /// <summary>Another picture is shown from now on.</summary>
    public event Action? Changed;

    /// <summary>The one picture that is sent instead; null to send the chosen ones. From any thread.</summary>
    public ReadOnlyMemory<byte>? Shown
    {
        get => _shown?.Encoded;
        set
        {
            _shown = value is { } encoded ? new Box(encoded) : null;
            Changed?.Invoke();
        }
    }

    // A structure of several words could be read half written.
    private sealed record Box(ReadOnlyMemory<byte> Encoded);
}
