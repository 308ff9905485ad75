using LatencyLab.Inference.Optimization.Onnx;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>The operators that the quantizer knows. Each one runs in INT8 in ONNX Runtime when Q/DQ stand around it.</summary>
internal static class OperatorRoles
{
    private static readonly Dictionary<string, OperatorRole> Roles = new()
    {
        ["Conv"] = OperatorRole.Weighted,
        ["Gemm"] = OperatorRole.Weighted,
        ["Add"] = OperatorRole.Computed,
        ["Mul"] = OperatorRole.Computed,
        ["Concat"] = OperatorRole.Computed,
        ["AveragePool"] = OperatorRole.Computed,
        ["Sigmoid"] = OperatorRole.Computed,
        ["LeakyRelu"] = OperatorRole.Computed,
        ["GlobalAveragePool"] = OperatorRole.Computed,
        ["MaxPool"] = OperatorRole.Selecting,
        ["Flatten"] = OperatorRole.Selecting,
        ["Reshape"] = OperatorRole.Selecting,
        ["Squeeze"] = OperatorRole.Selecting,
        ["Unsqueeze"] = OperatorRole.Selecting,
        ["Transpose"] = OperatorRole.Selecting,
        ["Split"] = OperatorRole.Selecting,
        ["Slice"] = OperatorRole.Selecting,
        ["Gather"] = OperatorRole.Selecting,
        ["Relu"] = OperatorRole.Clamping,
        ["Clip"] = OperatorRole.Clamping,
    };

    /// <summary>The operator's role, or null where it is not known and stays in float.</summary>
    public static OperatorRole? Of(NodeProto node) =>
        node.IsStandard(node.OpType) && Roles.TryGetValue(node.OpType, out var role) ? role : null;
}
