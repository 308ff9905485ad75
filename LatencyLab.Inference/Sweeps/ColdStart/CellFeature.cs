using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Sweeps.ColdStart;

/// <summary>Something known of a cell that may explain its cold starts.</summary>
/// <param name="Name">Name within the cell.</param>
/// <param name="Unit">Unit of the values.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Of">The value, given the cell, its variant, and how many cold starts this process has had before.</param>
internal sealed record CellFeature(string Name, string Unit, string Description, Func<CellKey, Variant, int, double> Of)
{
    private static readonly string[] GraphOptimizations = ["disabled", "basic", "extended", "all"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CellFeature> All { get; } =
    [
        new("batch", "pictures", "Pictures a run.", static (cell, _, _) => cell.Batch),
        new("inputPx", "px", "Side of the square input.", static (cell, _, _) => cell.InputPx),
        new("inputBytes", "bytes", "Memory of a run's input, all its pictures.", static (cell, _, _) => sizeof(float) * cell.InputNumbers),
        new("modelSizeBytes", "bytes", "Size of the ONNX file.", static (_, variant, _) => variant.Facts.ModelSizeBytes),
        new("threads", "count", "Intra-op threads of the session.", static (_, variant, _) => variant.Facts.Threads),
        new("int8", "0/1", "1 where the variant is quantized to INT8.", static (_, variant, _) => variant.Options.Precision == Precisions.Int8 ? 1 : 0),
        new("graphOptimization", "level", "Graph optimization: 0 disabled, 1 basic, 2 extended, 3 all.",
            static (_, variant, _) => Array.IndexOf(GraphOptimizations, variant.Options.GraphOptimization)),
        new("startsBefore", "count", "Cold starts that the process had made before.", static (_, _, starts) => starts),
    ];
}
