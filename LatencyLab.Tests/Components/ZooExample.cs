using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Jobs;
using LatencyLab.Inference.Layers;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Catalog;
using LatencyLab.Inference.Optimization.Jobs;
using LatencyLab.Inference.Optimization.Pruning;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Sensitivity;

namespace LatencyLab.Tests.Components;

/// <summary>Records of the zoo as the service would give them, for component tests to vary.</summary>
internal static class ZooExample
{
    public static ModelSummary Model(string id, string title, double? top1 = 0.9075, long parameters = 2_954_858, bool int8 = true) => new()
    {
        Id = id,
        Title = title,
        InputPx = 32,
        Classes = 10,
        Parameters = parameters,
        MultiplyAccumulates = parameters * 50,
        SizeBytes = parameters * 4,
        Int8SizeBytes = int8 ? parameters : null,
        Top1 = top1,
        Int8Top1 = int8 ? top1 + 0.0003 : null,
    };

    public static FrontierRow Row(string modelId, string variantId, double ms, double? top1, bool onFrontier = false) => new()
    {
        ModelId = modelId,
        VariantId = variantId,
        Precision = variantId.StartsWith("int8", StringComparison.Ordinal) ? "int8" : "fp32",
        Top1 = top1,
        DropPoints = 100 * (0.9075 - top1),
        InferenceP50Ms = ms,
        Speedup = new Speedup(1.8 / ms, [1.7 / ms, 1.9 / ms]),
        SizeBytes = variantId.StartsWith("int8", StringComparison.Ordinal) ? 3_000_000 : 12_000_000,
        OnFrontier = onFrontier,
    };

    public static FrontierResult Frontier(params FrontierRow[] rows) => new()
    {
        CreatedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 0, TimeSpan.Zero),
        BaseModelId = "base",
        Environment = Example.Environment,
        Rounds = 30,
        Rows = rows.Length > 0 ? rows : [Row("small", "int8", 0.125, 0.842, onFrontier: true), Row("base", "int8", 0.4, 0.9078, onFrontier: true), Row("base", "control", 1.8, 0.9075)],
    };

    public static LayerTime Layer(int index, double ms, bool int8 = true, double? shareOfPeak = 0.4, LayerBound? bound = LayerBound.Compute) => new()
    {
        Index = index,
        Name = $"/features/features.{index}/Conv_quant",
        OriginalLayer = $"/features/features.{index}/Conv",
        FusedLayers = [$"/features/features.{index}/Conv", $"/features/features.{index}/Relu"],
        OperatorType = int8 ? "QLinearConv" : "Conv",
        Provider = "CPU",
        P50Ms = ms,
        MeanMs = ms,
        Share = 0.25,
        OutputType = int8 ? "uint8" : "float32",
        RunsInInt8 = int8,
        InputShapes = [[1, 3, 32, 32]],
        OutputShape = [1, 32, 32, 32],
        MultiplyAdds = 1_000_000,
        GigaOpsPerSecond = 1 / ms,
        ShareOfPeak = shareOfPeak,
        Bound = bound,
    };

    public static LayerProfile Profile(string variantId, IReadOnlyList<LayerTime>? layers = null)
    {
        layers ??= [.. Enumerable.Range(0, 20).Select(index => Layer(index, 0.1 + 0.01 * index, int8: variantId == "int8"))];
        return new LayerProfile
        {
            ModelId = "cifar10_resnet9",
            VariantId = variantId,
            Precision = variantId.StartsWith("int8", StringComparison.Ordinal) ? "int8" : "fp32",
            Threads = 1,
            Runs = 50,
            InferenceP50Ms = 0.41,
            ProfiledP50Ms = 0.46,
            LayersMs = layers.Sum(layer => layer.P50Ms),
            Environment = Example.Environment,
            Layers = layers,
            ByOperator = [new OperatorShare(layers[0].OperatorType, layers.Count, layers.Sum(layer => layer.P50Ms), 1)],
            Peak = new MachinePeak { Fp32GigaMultiplyAddsPerSecond = 53.3, Int8GigaMultiplyAddsPerSecond = 708, MemoryGigabytesPerSecond = 9.5, Threads = 1, MeasuredAt = DateTimeOffset.UnixEpoch },
        };
    }

    public static JobStatus Job(string kind, JobState state, string? modelId = "cifar10_resnet9", string id = "job1") => new()
    {
        Id = id,
        Kind = kind,
        Title = $"The {kind} of <b>tests</b>",
        ModelId = modelId,
        State = state,
        Step = state == JobState.Running ? "calibrating, picture 12 of 60" : null,
        Progress = state == JobState.Running ? 0.42 : null,
        RemainingMs = state == JobState.Running ? 12_300 : null,
        CreatedAt = DateTimeOffset.UnixEpoch,
        FinishedAt = state is JobState.Queued or JobState.Running ? null : DateTimeOffset.UnixEpoch,
        Message = state == JobState.Failed ? "cat.jpg cannot be used for calibration." : null,
        Result = state == JobState.Done && kind == QuantizeJobs.Kind ? Quantized() : null,
    };

    public static QuantizeResult Quantized() => new()
    {
        VariantId = "int8-entropy",
        Title = "INT8 entropy",
        Precision = "int8",
        Method = "entropy",
        CalibrationPictures = 60,
        ConvertedLayers = 19,
        LeftInFloat = [new FloatLayer("head", "Softmax", "This operator has no INT8 form here.")],
        SizeBeforeBytes = 11_830_000,
        SizeAfterBytes = 3_010_000,
        DurationMs = 22_000,
        ComparedPictures = 60,
        Agreement = 0.983,
        TopLogitMedianError = 0.0512,
        TopLogitMaxError = 0.342,
    };

    public static PruningReport Pruned() => new()
    {
        Layers = [],
        Criterion = "l1",
        Allocation = "global",
        KeptShare = 0.443,
        MultiplyAccumulatesBefore = 150_703_232,
        MultiplyAccumulatesAfter = 33_768_704,
        ParametersBefore = 2_956_512,
        ParametersAfter = 551_536,
        SizeBeforeBytes = 11_850_000,
        SizeAfterBytes = 2_220_000,
        DenormalsFlushed = 0,
        DurationMs = 210,
    };

    public static SensitivityReport Sensitivity() => new()
    {
        ModelId = "base",
        Pictures = 60,
        CalibrationPictures = 61,
        CalibrationMethod = "min-max",
        AllLayers = new OutputDamage(0.005, 0.93, 0.12),
        Layers = [new LayerSensitivity("conv1", "Conv", 1, 0.004, 0.95, 0.1), new LayerSensitivity("conv2", "Conv", 2, 0.001, 1, 0.01)],
        DurationMs = 9_000,
    };

    public static PublishedModelSummary Published(string id = "resnet50", bool isPulled = false) => new()
    {
        Id = id,
        Title = "ResNet-50 <b>v1</b>",
        InputPx = 224,
        SizeBytes = 102_000_000,
        License = "Apache-2.0",
        Address = new Uri("https://models.example/resnet50.onnx"),
        IsPulled = isPulled,
    };
}
