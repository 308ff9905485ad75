namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>The calibration methods by the names that command line, page and API take and reports show.</summary>
public static class CalibrationMethods
{
    /// <summary>The names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["min-max"];

    /// <summary>The method of a name.</summary>
    /// <exception cref="FormatException">There is no such method.</exception>
    public static ICalibrationMethod Parse(string name) =>
        name == "min-max" ? new MinMaxCalibration() : throw new FormatException($"There is no calibration method `{name}`. Known methods: min-max.");
}
