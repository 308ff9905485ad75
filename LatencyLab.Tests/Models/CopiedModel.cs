using LatencyLab.Inference.Models;

namespace LatencyLab.Tests.Models;

/// <summary>The embedded model as a model of one's own.</summary>
internal static class CopiedModel
{
    /// <summary>Copies it under another name.</summary>
    /// <param name="folder">Where models lie; the copy gets a folder of its own in it.</param>
    /// <param name="id">Its identifier.</param>
    /// <param name="change">Changes its card.</param>
    /// <returns>The copy.</returns>
    public static Model Create(string folder, string id, Func<ModelCard, ModelCard> change)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, id)).FullName;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(EmbeddedZoo.Default.CardPath)!))
        {
            File.Copy(file, Path.Combine(own, Path.GetFileName(file)));
        }
        var path = Path.Combine(own, ModelCatalogue.CardFileName);
        ModelCardWriter.Write(change(EmbeddedZoo.Default.Card with { Id = id, Title = id }), path);
        return ModelCardReader.Read(path);
    }

    /// <summary>A card that states no accuracy of any file.</summary>
    public static ModelCard WithoutAccuracy(ModelCard card) => card with
    {
        Accuracy = null,
        Variants = card.Variants.ToDictionary(file => file.Key, file => file.Value with { Accuracy = null }),
    };
}
