namespace LatencyLab.Inference.Layers;

/// <summary>What an operator computes, however the runtime's version of it is called.</summary>
internal static class OperatorFamily
{
    public const string Convolution = "Conv";
    public const string Product = "Gemm";

    private static readonly string[] Prefixes = ["QLinear", "Nhwc", "Fused"];

    /// <summary><c>Conv</c> for <c>QLinearConv</c>, <c>FusedConv</c>, ...; <c>Gemm</c> for every matrix product.</summary>
    public static string Of(string operatorType)
    {
        var name = Prefixes.FirstOrDefault(prefix => operatorType.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
            ? operatorType[prefix.Length..]
            : operatorType;
        return name is "QGemm" || name.StartsWith("MatMul", StringComparison.Ordinal) ? Product : name;
    }
}
