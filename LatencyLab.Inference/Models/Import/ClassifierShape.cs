using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LatencyLab.Inference.Models.Import;

/// <summary>The picture input and the output of a graph, as the session declares them.</summary>
/// <param name="InputName">The input's name.</param>
/// <param name="ChannelsLast">Whether the input is [N, height, width, 3] rather than [N, 3, height, width].</param>
/// <param name="SidePx">Side of the square picture.</param>
/// <param name="OutputName">The output's name.</param>
internal sealed record ClassifierShape(string InputName, bool ChannelsLast, int SidePx, string OutputName)
{
    /// <summary>The input's shape for one picture.</summary>
    public long[] InputShape => ChannelsLast ? [1, SidePx, SidePx, 3] : [1, 3, SidePx, SidePx];

    /// <exception cref="ModelRefusedException">The graph takes no picture, or it is not clear which output classifies.</exception>
    public static ClassifierShape Read(InferenceSession session, ImportOptions options, string name)
    {
        var (inputName, input) = SingleInput(session, name);
        CheckType(input, inputName, name);
        var dimensions = input.Dimensions;
        var shown = Show(input);
        if (dimensions.Length != 4)
        {
            throw new ModelRefusedException(
                ImportRefusal.InputShape,
                $"{name}: the input `{inputName}` is {shown}, not a picture. A classifier takes [N, 3, height, width].");
        }
        if (dimensions[0] > 1)
        {
            throw new ModelRefusedException(
                ImportRefusal.InputShape,
                $"{name}: the input `{inputName}` is {shown}, a fixed batch of {dimensions[0]}. "
                + "Export it with a free batch size, or with 1.");
        }
        var channelsLast = dimensions[1] != 3 && dimensions[3] == 3;
        if (!channelsLast && dimensions[1] is not (3 or -1))
        {
            throw new ModelRefusedException(
                ImportRefusal.InputShape,
                $"{name}: the input `{inputName}` is {shown}; a colour picture has 3 channels, [N, 3, height, width].");
        }
        var (height, width) = channelsLast ? (dimensions[1], dimensions[2]) : (dimensions[2], dimensions[3]);
        return new ClassifierShape(inputName, channelsLast, Side(height, width, options.SizePx, $"{name}: the input `{inputName}` is {shown}"), Output(session, options, name));
    }

    private static (string Name, NodeMetadata Node) SingleInput(InferenceSession session, string name) => session.InputMetadata.Count switch
    {
        0 => throw new ModelRefusedException(ImportRefusal.NoInput, $"{name} has no input; a classifier has one, the picture."),
        1 => (session.InputMetadata.Keys.Single(), session.InputMetadata.Values.Single()),
        var count => throw new ModelRefusedException(
            ImportRefusal.SeveralInputs,
            $"{name} has {count} inputs ({string.Join(", ", session.InputMetadata.Keys)}); a classifier has one, the picture."),
    };

    private static void CheckType(NodeMetadata input, string inputName, string name)
    {
        if (!input.IsTensor || input.ElementDataType != TensorElementType.Float)
        {
            throw new ModelRefusedException(
                ImportRefusal.InputType,
                $"{name}: the input `{inputName}` takes {(input.IsTensor ? input.ElementDataType : input.OnnxValueType)}, "
                + "not pictures as 32-bit floats. Export the model with a float32 input.");
        }
    }

    private static int Side(int height, int width, int? wanted, string what)
    {
        if (height > 0 && width > 0 && height != width)
        {
            throw new ModelRefusedException(ImportRefusal.InputShape, $"{what}, not square. Export it for a square picture.");
        }
        var own = Math.Max(height, width);
        var side = own > 0 ? own : wanted ?? throw new ModelRefusedException(
            ImportRefusal.SizeMissing, $"{what}: its size is free. Say which to use with the size option, for instance 224.");
        return side > ModelCardReader.MaxInputSidePx || side < 1
            ? throw new ModelRefusedException(
                ImportRefusal.InputShape,
                $"{what}; sides of 1 to {ModelCardReader.MaxInputSidePx} pixels can be used, not {side}.")
            : own > 0 && wanted is { } other && other != own
                ? throw new ModelRefusedException(
                    ImportRefusal.SizeConflict,
                    $"{what}, so the size cannot be {other}. Leave the size option out.")
                : side;
    }

    private static string Output(InferenceSession session, ImportOptions options, string name)
    {
        var names = session.OutputNames;
        var chosen = options.Output ?? (names.Count == 1 ? names[0] : throw new ModelRefusedException(
            ImportRefusal.OutputUnclear,
            $"{name} has {names.Count} outputs ({string.Join(", ", names)}). Say which one classifies with the output option."));
        return names.Contains(chosen) ? chosen : throw new ModelRefusedException(
            ImportRefusal.OutputUnclear, $"{name} has no output `{chosen}`; it has {string.Join(", ", names)}.");
    }

    private static string Show(NodeMetadata node) =>
        $"[{string.Join(", ", node.Dimensions.Zip(node.SymbolicDimensions, (size, symbol) => size >= 0 ? $"{size}" : symbol.Length > 0 ? symbol : "?"))}]";
}
