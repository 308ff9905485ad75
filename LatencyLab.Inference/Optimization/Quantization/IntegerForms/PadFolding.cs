using LatencyLab.Inference.Optimization.Graphs;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Rewriting;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>
/// Zeros padded around a picture become padding of the Conv behind, or of the MaxPool behind where no value is negative: its own padding
/// is never the maximum, and then neither are zeros more than that.
/// </summary>
internal sealed class PadFolding : IGraphRewrite
{
    /// <inheritdoc/>
    public void Apply(ModelGraph graph)
    {
        foreach (var pad in graph.Nodes.Where(node => node.IsStandard("Pad")).ToList())
        {
            if (Margins(graph, pad) is { } margins && graph.OnlyConsumer(pad.Output[0]) is { } reader && reader.Input[0] == pad.Output[0]
                && Takes(graph, reader, pad.Input[0]) && Fold(reader, margins))
            {
                reader.Input[0] = pad.Input[0];
                graph.Remove(pad);
            }
        }
    }

    /// <summary>Margins of height and width, [top, left, bottom, right], where zeros are padded there and nowhere else.</summary>
    private static long[]? Margins(ModelGraph graph, NodeProto pad)
    {
        var zeros = pad.InputOrNull(2) is not { } fill || (graph.Initializer(fill) is { } value && TensorData.Floats(value) is [0f]);
        var constant = pad.Find("mode") is not { } mode || mode.S.ToStringUtf8() == "constant";
        return zeros && constant && pad.InputOrNull(3) is null && graph.Initializer(pad.InputOrNull(1)) is { } widths
            && TensorData.Int64s(widths) is [0, 0, >= 0 and var top, >= 0 and var left, 0, 0, >= 0 and var bottom, >= 0 and var right]
            ? [top, left, bottom, right]
            : null;
    }

    private static bool Takes(ModelGraph graph, NodeProto reader, string tensor) =>
        (reader.Find("auto_pad") is not { } mode || mode.S.ToStringUtf8() == "NOTSET")
        && (reader.IsStandard("Conv") || (reader.IsStandard("MaxPool") && reader.Output.Count == 1 && IsNeverNegative(graph, tensor)));

    private static bool IsNeverNegative(ModelGraph graph, string tensor) =>
        graph.Producer(tensor) is { } producer && (producer.IsStandard("Relu")
            || (producer.IsStandard("Clip") && graph.Initializer(producer.InputOrNull(1)) is { } bound && TensorData.Floats(bound)[0] >= 0));

    private static bool Fold(NodeProto reader, long[] margins)
    {
        if (reader.Find("pads") is not { } pads)
        {
            pads = new AttributeProto { Name = "pads", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 0, 0, 0, 0 } };
            reader.Attribute.Add(pads);
        }

        var sums = pads.Ints.Zip(margins, (own, margin) => own + margin).ToArray();
        // The runtime refuses pools whose windows may lie in the padding altogether.
        if (reader.OpType == "MaxPool" && reader.Find("kernel_shape") is { } kernel && sums.Where((sum, i) => sum >= kernel.Ints[i % 2]).Any())
        {
            return false;
        }

        pads.Ints.Clear();
        pads.Ints.Add(sums);
        return true;
    }
}
