using System.Text.Json;

namespace LatencyLab.Inference.Measurement.Load;

/// <summary>Reads the stages out of an answer of <c>POST /api/classify/{variant}</c>, and nothing else.</summary>
internal static class ClassifyAnswer
{
    private static readonly string[] Names = [.. Enum.GetNames<Stage>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>Sets the named stages of a request.</summary>
    /// <returns>The service's own total in milliseconds; 0 where it names none.</returns>
    /// <exception cref="JsonException">The answer is no JSON.</exception>
    public static double Read(ReadOnlySpan<byte> body, LoadRequest request)
    {
        var reader = new Utf8JsonReader(body);
        double totalMs = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }
            if (reader.ValueTextEquals("stages"u8))
            {
                ReadStages(ref reader, request);
            }
            else if (reader.CurrentDepth == 1 && reader.ValueTextEquals("totalMs"u8))
            {
                reader.Read();
                totalMs = reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : 0;
            }
        }
        return totalMs;
    }

    private static void ReadStages(ref Utf8JsonReader reader, LoadRequest request)
    {
        Stage? stage = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                stage = StageOf(ref reader);
            }
            else if (reader.TokenType == JsonTokenType.Number && stage is { } named)
            {
                request.SetStage(named, reader.GetDouble());
                stage = null;
            }
        }
    }

    /// <summary>The stage of a name; null for <see cref="Stage.Other"/>, which is worked out anew, and for names from a later version.</summary>
    private static Stage? StageOf(ref Utf8JsonReader reader)
    {
        for (var stage = Stage.Queue; stage < Stage.Other; stage++)
        {
            if (reader.ValueTextEquals(Names[(int)stage]))
            {
                return stage;
            }
        }
        return null;
    }
}
