using System.Text.Json;
using LatencyLab.Inference.Hosting;

namespace LatencyLab.Inference.Live;

/// <summary>Recordings as JSON files.</summary>
public static class LiveRecordingFile
{
    private static readonly JsonSerializerOptions Json = ContractJson.Configure(new JsonSerializerOptions());

    /// <summary>Writes a recording.</summary>
    public static Task WriteAsync(Stream stream, LiveRecording recording, CancellationToken cancellationToken) =>
        JsonSerializer.SerializeAsync(stream, recording, Json, cancellationToken);

    /// <summary>Reads a recording and checks it.</summary>
    /// <exception cref="LiveRecordingException">The file is no recording, of another version, or damaged.</exception>
    public static async Task<LiveRecording> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(stream, default, cancellationToken);
            CheckKind(document.RootElement);
            var recording = document.RootElement.Deserialize<LiveRecording>(Json)!;
            Check(recording);
            return recording;
        }
        catch (JsonException error)
        {
            throw new LiveRecordingException($"The file is damaged, or no recording of the Live page: {error.Message}", error);
        }
    }

    // Before anything else is read: another kind or version would only be reported as missing fields.
    private static void CheckKind(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out var schema)
            || schema.ValueKind != JsonValueKind.String || !schema.ValueEquals(LiveRecording.SchemaName))
        {
            throw new LiveRecordingException("The file is no recording of the Live page. Open one that was saved there by “Save recording”.");
        }
        if (!root.TryGetProperty("version", out var version) || !version.TryGetInt32(out var number) || number != LiveRecording.CurrentVersion)
        {
            throw new LiveRecordingException(
                $"The recording has another version than {LiveRecording.CurrentVersion}, which this program reads. Open it with the program that saved it.");
        }
    }

    private static void Check(LiveRecording recording)
    {
        if (recording.Frames is not { Count: > 0 and <= LiveRecording.MaxFrames })
        {
            throw new LiveRecordingException($"The recording must have from 1 to {LiveRecording.MaxFrames} frames.");
        }
        if (recording.Variants is not { Count: > 0 } || recording.Variants.Any(variant => variant is not { Id: not null, Title: not null }))
        {
            throw new LiveRecordingException("The recording names no variants.");
        }
        var last = double.NegativeInfinity;
        for (var i = 0; i < recording.Frames.Count; i++)
        {
            if (ProblemOf(recording.Frames[i], recording, last) is { } problem)
            {
                throw new LiveRecordingException($"Frame {i + 1} of the recording is damaged: {problem}.");
            }
            last = recording.Frames[i].Seconds;
        }
    }

    private static string? ProblemOf(LiveFrame? frame, LiveRecording recording, double last)
    {
        if (frame?.Variants is null || frame.Variants.Count != recording.Variants.Count)
        {
            return "it does not have one entry for each variant";
        }
        if (!(frame.Seconds >= last) || frame.Seconds < 0)
        {
            return "it lies before the frame before it";
        }
        for (var i = 0; i < frame.Variants.Count; i++)
        {
            if (frame.Variants[i] is not { Stages: not null, Buckets: not null } variant || variant.Id != recording.Variants[i].Id)
            {
                return "its variants are not those of the recording";
            }
            if (variant.FirstBucket < 0 || variant.FirstBucket + variant.Buckets.Count > LiveBuckets.Count || variant.Buckets.Any(count => count < 0))
            {
                return "its buckets are out of range";
            }
        }
        return null;
    }
}
