using System.ComponentModel.DataAnnotations;

namespace LatencyLab.Web.Comparisons;

/// <summary>What the web application keeps and lets in. Bound from <c>LatencyLab:Web</c>; validated at start.</summary>
public sealed class WebLimits
{
    /// <summary>Name of the section.</summary>
    public const string Section = "LatencyLab:Web";

    /// <summary>How long an uploaded picture is kept in memory; it is never written to disk.</summary>
    /// <value>Minutes. The default value is 15.</value>
    [Range(1, 24 * 60)]
    public int ImageLifetimeMinutes { get; init; } = 15;

    /// <summary>Memory for uploaded pictures; the oldest give way.</summary>
    /// <value>Bytes. The default value is 200,000,000.</value>
    [Range(1_000_000, 100_000_000_000)]
    public long ImageMemoryBytes { get; init; } = 200_000_000;

    /// <summary>Size of all calibration pictures that one request may bring; each is held to <c>LatencyLab:ImageLimits</c> besides.</summary>
    /// <value>Bytes. The default value is 100,000,000.</value>
    [Range(1_000_000, 2_000_000_000)]
    public long CalibrationUploadBytes { get; init; } = 100_000_000;

    /// <summary>Size of an archive of labelled pictures that one request may bring, and of its pictures unpacked.</summary>
    /// <value>Bytes. The default value is 500,000,000.</value>
    [Range(1_000_000, 100_000_000_000)]
    public long EvaluationUploadBytes { get; init; } = 500_000_000;

    /// <summary>Comparison results kept in memory; the oldest give way.</summary>
    /// <value>The default value is 200.</value>
    [Range(1, 100_000)]
    public int KeptComparisons { get; init; } = 200;

    /// <summary>Requests to the API that one client may make in a minute; loopback is exempt. 0 switches the limit off.</summary>
    /// <value>The default value is 120.</value>
    [Range(0, 1_000_000)]
    public int RequestsPerMinute { get; init; } = 120;
}
