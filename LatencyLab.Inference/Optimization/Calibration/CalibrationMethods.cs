using System.Globalization;

namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The calibration methods by the names that command line, page and API take and reports show.</summary>
public static class CalibrationMethods
{
    /// <summary>The method used where none is named: <c>mse</c>, which depends least on which pictures calibrate (docs/quantization.md).</summary>
    public const string Default = "mse";

    /// <summary>The names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, "min-max", "percentile", "entropy"];

    /// <summary>The method of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>; "percentile" may be followed by the share kept in percent, as in "percentile:99.9".</param>
    /// <exception cref="FormatException">There is no such method, or the share is not 90 to 100; the message says what there is.</exception>
    public static ICalibrationMethod Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Trim().Split(':', 2);
        return (parts[0].ToLowerInvariant(), parts.ElementAtOrDefault(1)) switch
        {
            ("min-max", null) => new MinMaxCalibration(),
            ("percentile", var share) => new PercentileCalibration(Percentile(share, name)),
            ("entropy", null) => new EntropyCalibration(),
            ("mse", null) => new MseCalibration(),
            _ => throw new FormatException($"There is no calibration method `{name}`. Known methods: {string.Join(", ", Names)}; percentile takes a share, as in percentile:99.9."),
        };
    }

    private static double Percentile(string? share, string name) =>
        share is null ? PercentileCalibration.DefaultPercentile
        : double.TryParse(share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percentile) && percentile is >= 90 and <= 100 ? percentile
        : throw new FormatException($"`{name}`: the percentile must be 90 to 100.");
}
