namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>The bytes of activations by the names that command line, page and API take and reports show.</summary>
public static class ActivationTypes
{
    /// <summary>The names, the default first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["u8", "s8"];

    /// <summary>The type of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="FormatException">There is no such type; the message says what there is.</exception>
    public static ActivationType Parse(string name) => name switch
    {
        "u8" => ActivationType.U8,
        "s8" => ActivationType.S8,
        _ => throw new FormatException($"Activations are {string.Join(" or ", Names)}, not `{name}`."),
    };

    /// <summary>The name of a type.</summary>
    public static string NameOf(ActivationType type) => type == ActivationType.S8 ? "s8" : "u8";
}
