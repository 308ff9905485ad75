using System.Text.Json;
using System.Text.Json.Serialization;

namespace LatencyLab.Inference.Layers;

/// <summary>Reads the runtime's profile (Chrome trace events) as a stream: its size does not matter.</summary>
internal static class ProfileReader
{
    private const string KernelSuffix = "_kernel_time";
    private const string ProviderSuffix = "ExecutionProvider";
    private const double MicrosecondsPerMillisecond = 1000;

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowReadingFromString };

    /// <summary>The nodes in the order in which they run.</summary>
    /// <param name="profile">The profile's content.</param>
    /// <param name="skippedRuns">Runs at the beginning that are not counted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<IReadOnlyList<ProfiledNode>> ReadAsync(Stream profile, int skippedRuns, CancellationToken cancellationToken)
    {
        var nodes = new Dictionary<string, ProfiledNode>();
        var run = -skippedRuns;
        await foreach (var entry in JsonSerializer.DeserializeAsyncEnumerable<TraceEvent>(profile, Json, cancellationToken))
        {
            if (entry is { Category: "Session", Name: "model_run" })
            {
                run++;
            }
            else if (run >= 0 && entry is { Category: "Node", Arguments: not null } && entry.Name.EndsWith(KernelSuffix, StringComparison.Ordinal))
            {
                Add(nodes, entry.Name[..^KernelSuffix.Length], entry, run);
            }
        }
        return [.. nodes.Values];
    }

    private static void Add(Dictionary<string, ProfiledNode> nodes, string name, TraceEvent entry, int run)
    {
        if (!nodes.TryGetValue(name, out var node))
        {
            nodes.Add(name, node = Describe(name, entry.Arguments!));
        }
        // A node under a condition may not have run before.
        while (node.RunsMs.Count <= run)
        {
            node.RunsMs.Add(0);
        }
        node.RunsMs[run] += entry.DurationUs / MicrosecondsPerMillisecond;
    }

    private static ProfiledNode Describe(string name, TraceArguments arguments) => new()
    {
        Name = name,
        OperatorType = arguments.OperatorType,
        Provider = arguments.Provider.EndsWith(ProviderSuffix, StringComparison.Ordinal)
            ? arguments.Provider[..^ProviderSuffix.Length]
            : arguments.Provider,
        Inputs = [.. arguments.Inputs.SelectMany(Shapes)],
        Outputs = [.. arguments.Outputs.SelectMany(Shapes)],
        ActivationBytes = arguments.ActivationBytes,
        ParameterBytes = arguments.ParameterBytes,
        OutputBytes = arguments.OutputBytes,
    };

    private static IEnumerable<TypedShape> Shapes(Dictionary<string, long[]> entry) =>
        entry.Select(pair => new TypedShape(TypeName(pair.Key), pair.Value));

    private static string TypeName(string name) => name switch
    {
        "float" => "float32",
        "double" => "float64",
        _ => name,
    };

    private sealed record TraceEvent
    {
        [JsonPropertyName("cat")]
        public string Category { get; init; } = "";

        [JsonPropertyName("name")]
        public string Name { get; init; } = "";

        [JsonPropertyName("dur")]
        public double DurationUs { get; init; }

        [JsonPropertyName("args")]
        public TraceArguments? Arguments { get; init; }
    }

    private sealed record TraceArguments
    {
        [JsonPropertyName("op_name")]
        public string OperatorType { get; init; } = "";

        [JsonPropertyName("provider")]
        public string Provider { get; init; } = "";

        [JsonPropertyName("input_type_shape")]
        public IReadOnlyList<Dictionary<string, long[]>> Inputs { get; init; } = [];

        [JsonPropertyName("output_type_shape")]
        public IReadOnlyList<Dictionary<string, long[]>> Outputs { get; init; } = [];

        [JsonPropertyName("activation_size")]
        public long? ActivationBytes { get; init; }

        [JsonPropertyName("parameter_size")]
        public long? ParameterBytes { get; init; }

        [JsonPropertyName("output_size")]
        public long? OutputBytes { get; init; }
    }
}
