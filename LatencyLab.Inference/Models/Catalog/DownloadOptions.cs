namespace LatencyLab.Inference.Models.Catalog;

/// <summary>How files are fetched.</summary>
public sealed record DownloadOptions
{
    /// <summary>Largest file where none is published.</summary>
    /// <value>Bytes. The default value is 1,000,000,000.</value>
    public long MaxSizeBytes { get; init; } = 1_000_000_000;

    /// <summary>How long a server may be silent before the attempt counts as broken off.</summary>
    /// <value>The default value is 30 seconds.</value>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts in a row that may bring nothing.</summary>
    /// <value>The default value is 5.</value>
    public int Attempts { get; init; } = 5;

    /// <summary>Wait before the second attempt; doubled before each further one.</summary>
    /// <value>The default value is 1 second.</value>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);
}
