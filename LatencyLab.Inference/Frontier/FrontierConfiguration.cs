using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Frontier;

/// <summary>A model file and how it is run: one row to be.</summary>
internal sealed record FrontierConfiguration(Model Model, ModelFile File, VariantOptions Options, double? Top1)
{
    public const string Control = "control";
    private const string Engine = "engine";

    /// <summary>What can be run of a model: the control and the engine in FP32, and the further precisions that there are files of.</summary>
    /// <param name="model">The model.</param>
    /// <param name="int8">The model's INT8 file, shipped or made; null where there is none.</param>
    /// <param name="dataSet">The data set whose accuracies count.</param>
    public static IEnumerable<FrontierConfiguration> Of(Model model, ModelFile? int8, string? dataSet)
    {
        var fp32 = CardAccuracy.Top1(model.Card, Precisions.Fp32, dataSet);
        yield return new(model, model.File, OneThread(Control, Precisions.Fp32) with { GraphOptimization = "disabled", IoBinding = false }, fp32);
        yield return new(model, model.File, OneThread(Engine, Precisions.Fp32), fp32);
        if (model.FileOf(Precisions.Fp16) is { } fp16)
        {
            yield return new(model, fp16, OneThread(Precisions.Fp16, Precisions.Fp16), CardAccuracy.Top1(model.Card, Precisions.Fp16, dataSet));
        }
        if (int8 is not null)
        {
            var shipped = VariantRegistry.ShippedPrecision(Precisions.Int8);
            yield return new(model, int8, OneThread(Precisions.Int8, Precisions.Int8), CardAccuracy.Top1(model.Card, shipped, dataSet));
        }
    }

    private static VariantOptions OneThread(string id, string precision) => new() { Id = id, Title = id, Precision = precision, Threads = 1 };
}
