using System.Text.Json;
using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Measurement.Histograms;

/// <summary>
/// Writes a histogram as <c>{ version, unit, bucketsPerOctave, counts }</c>, where <c>counts</c> alternates between the distance to the
/// next bucket that is not empty and its count: a run of a million requests takes a few kilobytes.
/// </summary>
internal sealed class LatencyHistogramConverter : JsonConverter<LatencyHistogram>
{
    private const int Version = 1;
    private const string Unit = "ns";

    public override void Write(Utf8JsonWriter writer, LatencyHistogram value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteString("unit", Unit);
        writer.WriteNumber("bucketsPerOctave", LogLinearBuckets.PerOctave);
        writer.WritePropertyName("counts");
        // One line however the rest is written: indented, each count would take one.
        writer.WriteRawValue($"[{string.Join(',', Gaps(value))}]");
        writer.WriteEndObject();
    }

    public override LatencyHistogram Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        Expect(root, "version", element => element.TryGetInt32(out var number) && number == Version, $"{Version}");
        Expect(root, "unit", element => element.ValueKind == JsonValueKind.String && element.ValueEquals(Unit), $"\"{Unit}\"");
        Expect(root, "bucketsPerOctave", element => element.TryGetInt32(out var number) && number == LogLinearBuckets.PerOctave, $"{LogLinearBuckets.PerOctave}");
        var histogram = new LatencyHistogram();
        Fill(histogram, Property(root, "counts"));
        return histogram;
    }

    private static IEnumerable<long> Gaps(LatencyHistogram histogram)
    {
        var last = 0;
        for (var index = 0; index < LogLinearBuckets.Count; index++)
        {
            if (histogram.Counts[index] is > 0 and var count)
            {
                yield return index - last;
                yield return count;
                last = index;
            }
        }
    }

    private static void Fill(LatencyHistogram histogram, JsonElement counts)
    {
        if (counts.ValueKind != JsonValueKind.Array || counts.GetArrayLength() % 2 != 0)
        {
            throw new JsonException("A latency histogram's `counts` must be pairs of a distance and a count.");
        }
        long index = 0;
        for (var i = 0; i < counts.GetArrayLength(); i += 2)
        {
            if (!counts[i].TryGetInt64(out var gap) || !counts[i + 1].TryGetInt64(out var count)
                || gap is < 0 or >= LogLinearBuckets.Count || (index += gap) >= LogLinearBuckets.Count || count <= 0)
            {
                throw new JsonException($"A latency histogram's `counts` are damaged at position {i}.");
            }
            histogram.Counts[(int)index] += count;
        }
    }

    private static void Expect(JsonElement root, string name, Predicate<JsonElement> isRight, string wanted)
    {
        var found = Property(root, name);
        if (found.ValueKind is not (JsonValueKind.Number or JsonValueKind.String) || !IsRight(found))
        {
            throw new JsonException($"This latency histogram has {name} {found.GetRawText()}; this version of LatencyLab reads {wanted}.");
        }

        // Asking a text for its number throws.
        bool IsRight(JsonElement element) => (element.ValueKind == JsonValueKind.String) == (name == "unit") && isRight(element);
    }

    private static JsonElement Property(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var found)
            ? found
            : throw new JsonException($"The text is no latency histogram: `{name}` is missing.");
}
