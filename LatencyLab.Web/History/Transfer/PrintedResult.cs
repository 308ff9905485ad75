using System.Security.Cryptography;
using System.Text.Json;
using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Web.History.Kinds;

namespace LatencyLab.Web.History.Transfer;

/// <summary>A result as the command line prints it with <c>--json</c>, made a run of the history.</summary>
internal static class PrintedResult
{
    private const int IdBytes = 16;

    /// <summary>The run of a result, told by what only its kind has; null where it is none.</summary>
    /// <exception cref="InvalidRunException">It breaks its kind's contract.</exception>
    public static RunRecord? Read(JsonElement result, RunKinds kinds) =>
        result.ValueKind != JsonValueKind.Object ? null
        : result.TryGetProperty("histograms", out _) ? Run<LoadResult>(result, kinds, load => (IdOf(result), load.CreatedAt))
        : result.TryGetProperty("cells", out _) ? Run<SweepResult>(result, kinds, profile => (profile.Id, profile.CreatedAt))
        : result.TryGetProperty("image", out _) ? Run<ComparisonResult>(result, kinds, comparison => (comparison.Id, comparison.CreatedAt))
        : null;

    private static RunRecord Run<T>(JsonElement payload, RunKinds kinds, Func<T, (string Id, DateTimeOffset CreatedAt)> of)
        where T : class
    {
        var kind = kinds.Of<T>();
        var result = kind.Parse(payload);
        var (id, createdAt) = of(result);
        var description = kind.Describe(result);
        return new RunRecord
        {
            Id = id,
            Kind = kind.Id,
            Title = description.Title,
            CreatedAt = createdAt,
            Status = RunStatus.Completed,
            // The command line does not print its version.
            Machine = RunMachine.Of(description.Environment) with { Version = "not stated" },
            ModelIds = description.ModelIds,
            VariantIds = description.VariantIds,
            Headline = description.Headline,
            Payload = payload,
        };
    }

    /// <summary>What has no identifier gets one by its content, so that the same file is not added twice.</summary>
    private static string IdOf(JsonElement result) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(result)).AsSpan(0, IdBytes));
}
