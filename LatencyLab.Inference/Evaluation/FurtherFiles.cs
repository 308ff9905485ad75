using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Evaluation;

/// <summary>
/// Makes the files of a card ready that no variant runs on this processor, so that their accuracies can be measured here: the INT8 file
/// with 7-bit weights, for instance, where 8 bits are exact.
/// </summary>
/// <param name="loader">Loads them.</param>
public sealed class FurtherFiles(VariantLoader loader)
{
    /// <summary>The card's files that may run here but are not among those loaded already; each is called as the card calls it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="loaded">What is loaded already.</param>
    /// <param name="cancellationToken">Cancels between runs.</param>
    /// <exception cref="InvalidModelException">A file is missing or is not what the card describes.</exception>
    public async Task<IReadOnlyList<Variant>> LoadAsync(Model model, IReadOnlyCollection<Variant> loaded, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        var further = new List<Variant>();
        foreach (var name in model.Card.Variants.Keys.Prepend(Precisions.Fp32).Where(IsExactHere))
        {
            var file = model.FileOf(name)!;
            if (loaded.All(variant => variant.File?.Path != file.Path))
            {
                var precision = name == Precisions.Int8SevenBit ? Precisions.Int8 : name;
                var options = new VariantOptions { Id = name, Title = name, Precision = precision };
                further.Add(await loader.LoadAsync(model, file, options, cancellationToken));
            }
        }
        return further;
    }

    // Full-range weights saturate on processors that sum pairs of products in 16 bits: that would be no accuracy of the file.
    private static bool IsExactHere(string name) => name != Precisions.Int8 || !CpuCapabilities.Current.NeedsSevenBitWeights;
}
