using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Tests.Components;

/// <summary>Records as the service would give them, for component tests to vary.</summary>
internal static class Example
{
    public static VariantStatus Status(string id, VariantState state = VariantState.Ready) => new()
    {
        Id = id,
        Title = TitleOf(id),
        Description = id switch
        {
            "control" => "The model as it was exported: full precision, no graph optimization.",
            "engine" => "The same model, run better: fused graph, tuned threads, bound buffers.",
            _ => "The model itself made smaller: statically quantized to 8-bit integers.",
        },
        ModelId = "cifar10-residual",
        Precision = id == "int8" ? "int8" : "fp32",
        Provider = "CPU",
        Threads = id == "control" ? 1 : 2,
        GraphOptimization = id == "control" ? "disabled" : "all",
        ModelSizeBytes = id == "int8" ? 3_040_000 : 11_830_000,
        State = state,
    };

    public static VariantResult Variant(string id, double scale = 1, int rounds = 30, string label = "cat")
    {
        var status = Status(id);
        var random = new Random(id.Length + rounds);
        double[] steady = [.. Enumerable.Range(0, rounds).Select(_ => scale * 2.31 * (1 + Math.Abs(random.NextDouble() - 0.3) * 0.25 + (random.NextDouble() > 0.96 ? 0.5 : 0)))];
        var sorted = steady.Order().ToArray();
        var median = sorted[rounds / 2];
        return new VariantResult
        {
            Id = id,
            Title = status.Title,
            ModelId = status.ModelId,
            Precision = status.Precision,
            Provider = status.Provider,
            Threads = status.Threads,
            GraphOptimization = status.GraphOptimization,
            ModelSizeBytes = status.ModelSizeBytes,
            Predictions =
            [
                new(1, 3, label, 0.9412), new(2, 5, "dog", 0.0391), new(3, 4, "deer", 0.0121), new(4, 6, "frog", 0.0042), new(5, 2, "bird", 0.0004),
            ],
            AgreesWithControl = id == "control" ? null : label == "cat",
            ColdMs = median * 9.2,
            WarmupMs = [median * 2.6, median * 1.7, median * 1.3, median * 1.15, median * 1.06],
            SteadyMs = steady,
            Samples = rounds,
            Stages =
            [
                new(Stage.Queue, median * 0.004, median * 0.004, median * 0.004),
                new(Stage.Decode, 0.31, 0.32, 0.31),
                new(Stage.Resize, 0.09, 0.09, 0.09),
                new(Stage.Normalize, 0.02, 0.02, 0.02),
                new(Stage.Inference, median - 0.46, median - 0.45, median - 0.46),
                new(Stage.Postprocess, 0.012, 0.013, 0.012),
                new(Stage.Other, 0.02, 0.02, 0.02),
            ],
            Total = new TotalSummary
            {
                P50Ms = median,
                P90Ms = rounds >= 64 ? sorted[(int)(rounds * 0.9)] : null,
                P95Ms = rounds >= 130 ? sorted[(int)(rounds * 0.95)] : null,
                P99Ms = rounds >= 662 ? sorted[(int)(rounds * 0.99)] : null,
                MinMs = sorted[0],
                MeanMs = steady.Average(),
                Ci95Ms = [median * 0.975, median * 1.02],
            },
            Speedup = id == "control" ? null : new Speedup(1 / scale, [0.955 / scale, 1.045 / scale]),
        };
    }

    public static VariantResult Failed(string id, string stage = "load", string message = "The file model.int8.onnx is truncated. Pull the model again.") =>
        Variant(id) with { Predictions = [], Stages = [], Total = null, Speedup = null, SteadyMs = [], WarmupMs = [], ColdMs = null, Samples = 0, AgreesWithControl = null, Failure = new VariantFailure(stage, message) };

    public static IReadOnlyList<VariantResult> Variants(int rounds = 30) => [Variant("control", 1, rounds), Variant("engine", 0.77, rounds), Variant("int8", 0.36, rounds)];

    public static ComparisonResult Result(string id = "c1", int rounds = 30) => new()
    {
        Id = id,
        CreatedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 0, TimeSpan.Zero),
        Mode = ComparisonMode.Isolated,
        Rounds = rounds,
        WarmupRounds = 5,
        Image = new ImageFacts("cat.jpg", "jpeg", 640, 480, 31_290, new string('a', 64)),
        Environment = Environment,
        Variants = Variants(rounds),
        Insights =
        [
            new("amdahl", "Preparing the picture is 50 % of INT8's time, so even an infinitely fast model would gain at most 2× more."),
            new("agreement", "All variants give the same answer; on this picture the speed costs nothing."),
        ],
    };

    public static EnvironmentFacts Environment { get; } = new()
    {
        Cpu = "AMD EPYC 9B14",
        LogicalCores = 2,
        InstructionSets = ["AVX2", "AVX-512 VNNI"],
        Int8Path = "AVX-512 VNNI",
        GpuInactiveReason = "no CUDA library found",
        Runtime = "ONNX Runtime",
        RuntimeVersion = "1.30.0",
        Os = "Linux 6.1",
        Load1 = 0.42,
    };

    private static string TitleOf(string id) => id switch { "control" => "Control", "engine" => "Engine", "int8" => "INT8", _ => id };
}
