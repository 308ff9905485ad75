using System.Text.Json;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Frontier;

/// <summary>An ONNX file and what is stated of its accuracy.</summary>
/// <param name="File">The file.</param>
/// <param name="Accuracy">Measured accuracies by name of the data set, as in a card; null where none is stated.</param>
internal sealed record StatedFile(ModelFile File, JsonElement? Accuracy)
{
    /// <summary>A file of a card; null where the card has none of this name.</summary>
    public static StatedFile? Of(Model model, string name) => model.FileOf(name) is { } file
        ? new(file, name == Precisions.Fp32 ? model.Card.Accuracy : model.Card.Variants[name].Accuracy)
        : null;

    /// <summary>A file that was made on demand, with what was measured of the very bytes that it has now.</summary>
    public static StatedFile OnDemand(ModelFile file) => new(file, FileCard.Read(file)?.Accuracy);

    /// <summary>The first data set for which a top-1 is stated; null where there is none.</summary>
    public string? DataSet => Accuracies.FirstOrDefault()?.Data;

    /// <summary>Top-1 on a data set, 0 to 1; null where it is not stated.</summary>
    public double? Top1(string? dataSet) => Accuracies.FirstOrDefault(accuracy => accuracy.Data == dataSet)?.Top1;

    private IEnumerable<MeasuredAccuracy> Accuracies => MeasuredAccuracy.Read(Accuracy, Precisions.Fp32);
}
