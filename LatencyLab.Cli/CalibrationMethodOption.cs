using System.CommandLine;
using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Cli;

/// <summary><c>--method</c>: the calibration method.</summary>
internal sealed class CalibrationMethodOption : Option<string>
{
    public CalibrationMethodOption()
        : base("--method")
    {
        Description = $"How ranges follow from the calibration pictures: {string.Join(", ", CalibrationMethods.Names)}; percentile:99.9 sets the share.";
        DefaultValueFactory = static _ => CalibrationMethods.Default;
    }

    /// <summary>The method given.</summary>
    /// <exception cref="UsageException">There is no such method.</exception>
    public ICalibrationMethod Read(ParseResult parsed)
    {
        try
        {
            return CalibrationMethods.Parse(parsed.GetValue(this)!);
        }
        catch (FormatException error)
        {
            throw new UsageException($"--method: {error.Message}");
        }
    }
}
