namespace LatencyLab.Inference.Layers;

/// <summary>One node of the running graph as the runtime's profile describes it.</summary>
internal sealed record ProfiledNode
{
    public required string Name { get; init; }

    public required string OperatorType { get; init; }

    public required string Provider { get; init; }

    public required IReadOnlyList<TypedShape> Inputs { get; init; }

    public required IReadOnlyList<TypedShape> Outputs { get; init; }

    /// <summary>Bytes of inputs that are not weights; null where the profile does not say.</summary>
    public long? ActivationBytes { get; init; }

    /// <summary>Bytes of weights, without those that the runtime packed for itself.</summary>
    public long? ParameterBytes { get; init; }

    public long? OutputBytes { get; init; }

    /// <summary>Its time in each run, in milliseconds; several executions in one run, as in a loop, are summed.</summary>
    public List<double> RunsMs { get; } = [];
}

/// <summary>Element type by our name, and dimensions.</summary>
internal sealed record TypedShape(string Type, IReadOnlyList<long> Dimensions)
{
    public bool IsEightBit => Type is "uint8" or "int8";
}
