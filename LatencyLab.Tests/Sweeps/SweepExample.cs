using LatencyLab.Inference.Sweeps;
using LatencyLab.Inference.Sweeps.ColdStart;
using LatencyLab.Tests.Components;

namespace LatencyLab.Tests.Sweeps;

/// <summary>Sweep results as a sweep would give them, for tests to vary.</summary>
internal static class SweepExample
{
    public const string Id = "0123456789abcdef0123456789abcdef";

    public static SweepSettings Settings { get; } = new() { ModelId = "cifar10_resnet9", VariantIds = ["control", "int8"], Batches = [1, 2, 4], Runs = 30 };

    public static SweepCell Cell(string variantId, int inputPx, int batch, double perPictureMs) => new()
    {
        VariantId = variantId,
        ModelId = Settings.ModelId,
        InputPx = inputPx,
        Batch = batch,
        Samples = 30,
        P50Ms = 0.5 + (perPictureMs * batch),
        MeanMs = 0.55 + (perPictureMs * batch),
        Ci95Ms = [0.49 + (perPictureMs * batch), 0.52 + (perPictureMs * batch)],
        VisitsP50Ms = [0.5 + (perPictureMs * batch), 0.51 + (perPictureMs * batch)],
        ThroughputPerSecond = 1000 * batch / (0.5 + (perPictureMs * batch)),
        PeakMemoryBytes = 12_000_000 + (batch * 1_500_000L),
        ArenaBytes = 4_000_000 + (batch * 500_000L),
        ColdStartMs = 40 + batch,
        WarmupMs = [3, 2.2, 1.9],
    };

    public static SweepResult Result(params int[] sizes)
    {
        if (sizes.Length == 0)
        {
            sizes = [32];
        }
        SweepCell[] cells = [.. new[] { ("control", 2.0), ("int8", 0.5) }.SelectMany(variant => sizes.SelectMany(size =>
            Settings.Batches.Select(batch => Cell(variant.Item1, size, batch, variant.Item2 * size * size / 1024))))];
        return new SweepResult
        {
            Id = Id,
            CreatedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 0, TimeSpan.Zero),
            Environment = Example.Environment,
            Settings = Settings with { SizesPx = sizes },
            Variants =
            [
                new SweptVariant("control", "Control", Settings.ModelId, "fp32", "CPU", 1, "disabled", 11_830_000),
                new SweptVariant("int8", "INT8", Settings.ModelId, "int8", "CPU", 2, "all", 3_040_000),
            ],
            Cells = cells,
            Fits = [.. cells.GroupBy(cell => (cell.VariantId, cell.InputPx)).Select(LatencyFit.Of).OfType<LatencyFit>()],
            ColdStart = new ColdStartExplanation { Runs = 12, MinRuns = 30, Features = [], Verdict = "Too few runs: 12 cold starts, 30 are needed. Raise the repetitions or add cells." },
            Notes = ["Time is that of the model alone, on an input that is ready; the batch is one run."],
        };
    }
}
