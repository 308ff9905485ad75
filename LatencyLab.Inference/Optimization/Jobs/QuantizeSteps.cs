using System.Globalization;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Optimization.Quantization;

namespace LatencyLab.Inference.Optimization.Jobs;

/// <summary>Tells how far a quantization is, in words and as a share of the whole job.</summary>
internal sealed class QuantizeSteps(IProgress<JobProgress> progress) : IProgress<QuantizationProgress>
{
    // Calibration is nearly all of the time; the comparison of answers comes after it.
    private const double CalibrationEnds = 0.8;
    private const double ComparisonBegins = 0.85;

    /// <inheritdoc/>
    public void Report(QuantizationProgress value) => progress.Report(value.Step switch
    {
        QuantizationStep.Prepare => new JobProgress("reading the model"),
        QuantizationStep.Calibrate => new JobProgress(
            string.Create(CultureInfo.InvariantCulture, $"calibrating, picture {value.Done:N0} of {value.Total:N0}"),
            CalibrationEnds * value.Done / value.Total),
        QuantizationStep.Write => new JobProgress("writing the quantized model", CalibrationEnds),
        _ => new JobProgress("verifying the quantized model", CalibrationEnds),
    });

    /// <summary>Reports the comparison with the FP32 model.</summary>
    /// <param name="share">Share of the pictures that are done, 0 to 1.</param>
    public void ReportComparison(double share) =>
        progress.Report(new JobProgress("comparing answers with FP32", ComparisonBegins + (1 - ComparisonBegins) * share));
}
