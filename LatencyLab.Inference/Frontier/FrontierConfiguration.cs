using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Frontier;

/// <summary>A model file and how it is run: one row to be.</summary>
internal sealed record FrontierConfiguration(Model Model, StatedFile Stated, VariantOptions Options)
{
    public const string Control = "control";
    private const string Engine = "engine";

    public ModelFile File => Stated.File;

    /// <summary>
    /// What can be run of a model: the control and the engine in FP32, the further precisions that there are files of, and the variants
    /// that were made of it.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="int8">The model's INT8 file, shipped or made on demand; null where there is none.</param>
    /// <param name="made">Where the variants are that were made; null where none are.</param>
    public static IReadOnlyList<FrontierConfiguration> Of(Model model, StatedFile? int8, MadeVariants? made)
    {
        var fp32 = StatedFile.Of(model, Precisions.Fp32)!;
        List<FrontierConfiguration> all =
        [
            new(model, fp32, OneThread(Control, Precisions.Fp32) with { GraphOptimization = "disabled", IoBinding = false }),
            new(model, fp32, OneThread(Engine, Precisions.Fp32)),
        ];
        if (StatedFile.Of(model, Precisions.Fp16) is { } fp16)
        {
            all.Add(new(model, fp16, OneThread(Precisions.Fp16, Precisions.Fp16)));
        }
        if (int8 is not null)
        {
            all.Add(new(model, int8, OneThread(Precisions.Int8, Precisions.Int8)));
        }
        foreach (var variant in made?.Of(model) ?? [])
        {
            // Named after the variant, unless a file of the model has that name already.
            var id = MadeVariants.FreeId(variant.Options.Id, [.. all.Select(other => other.Options.Id)]);
            all.Add(new(model, new StatedFile(made!.FileOf(variant), variant.Accuracy), OneThread(id, variant.Options.Precision)));
        }
        return all;
    }

    private static VariantOptions OneThread(string id, string precision) => new() { Id = id, Title = id, Precision = precision, Threads = 1 };
}
