using System.Text.Json.Nodes;

namespace LatencyLab.Inference.Models;

/// <summary>How cards write an accuracy: an object of data sets, each with what was measured on it.</summary>
internal static class AccuracyEntry
{
    public const string Pictures = "pictures";
    public const string Top1 = "top1";
    public const string Top5 = "top5";
    public const string Decoder = "decoder";
    public const string Int8Path = "int8_path";

    /// <summary>Enters an accuracy; a former one on the same data set is replaced, those on others stay.</summary>
    /// <param name="sets">The accuracies of one file, by name of the data set; null where there are none yet.</param>
    /// <param name="accuracy">The accuracy to enter.</param>
    /// <returns>All accuracies of the file.</returns>
    /// <exception cref="InvalidModelException">What is written there is something else.</exception>
    public static JsonObject Enter(JsonNode? sets, MeasuredAccuracy accuracy)
    {
        var all = sets switch
        {
            null => [],
            JsonObject known => known,
            _ => throw new InvalidModelException("`accuracy` does not list data sets. Take it out, or make it an object with one entry a data set."),
        };
        all[accuracy.Data] = Write(accuracy);
        return all;
    }

    private static JsonObject Write(MeasuredAccuracy accuracy)
    {
        var entry = new JsonObject();
        Add(entry, Pictures, accuracy.Pictures);
        Add(entry, Top1, accuracy.Top1);
        Add(entry, Top5, accuracy.Top5);
        Add(entry, Decoder, accuracy.Decoder);
        Add(entry, Int8Path, accuracy.Int8Path);
        return entry;
    }

    private static void Add(JsonObject entry, string name, JsonNode? value)
    {
        if (value is not null)
        {
            entry.Add(name, value);
        }
    }
}
