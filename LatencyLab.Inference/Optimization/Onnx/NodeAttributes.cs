namespace LatencyLab.Inference.Optimization.Onnx;

/// <summary>Reads and makes node attributes.</summary>
internal static class NodeAttributes
{
    public static AttributeProto? Find(this NodeProto node, string name) => node.Attribute.FirstOrDefault(a => a.Name == name);

    public static long Int(this NodeProto node, string name, long absent) => node.Find(name)?.I ?? absent;

    public static float Float(this NodeProto node, string name, float absent) => node.Find(name)?.F ?? absent;

    /// <summary>The name of an optional input, or null where it is left out.</summary>
    public static string? InputOrNull(this NodeProto node, int index) =>
        index < node.Input.Count && node.Input[index].Length > 0 ? node.Input[index] : null;

    /// <summary>True for an operator of the standard set, which goes by two domain names.</summary>
    public static bool IsStandard(this NodeProto node, string operatorType) =>
        node.OpType == operatorType && node.Domain is ("" or "ai.onnx");

    public static AttributeProto Int(string name, long value) => new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };
}
