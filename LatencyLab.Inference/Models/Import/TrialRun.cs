using LatencyLab.Inference.Optimization.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LatencyLab.Inference.Models.Import;

/// <summary>What a model said to one picture.</summary>
/// <param name="Shape">Its input and output.</param>
/// <param name="Logits">One value a class.</param>
/// <param name="IsFlat">Whether the output is [N, classes] rather than [N, classes, 1, 1].</param>
/// <param name="IsDeclared">Whether the graph says so itself, or the runtime infers it.</param>
internal sealed record TrialAnswer(ClassifierShape Shape, float[] Logits, bool IsFlat, bool IsDeclared);

/// <summary>Loads a model and classifies one picture of noise with it; always the same noise.</summary>
/// <param name="name">The file's name, for messages.</param>
/// <param name="options">What the graph does not say.</param>
/// <param name="preprocessing">Mean and deviation of the picture.</param>
internal sealed class TrialRun(string name, ImportOptions options, PreprocessingCard preprocessing)
{
    private const int Seed = 20;

    /// <exception cref="ModelRefusedException">The graph is no classifier of pictures.</exception>
    /// <exception cref="OnnxRuntimeException">The runtime refuses the model.</exception>
    public TrialAnswer Run(string path, RunOptions runOptions)
    {
        using var session = CandidateSession.Open(path);
        var shape = ClassifierShape.Read(session, options, name);
        using var input = OrtValue.CreateTensorValueFromMemory(Picture(shape), shape.InputShape);
        using var outputs = session.Run(runOptions, [shape.InputName], [input], [shape.OutputName]);
        var output = outputs[0];
        var info = output.GetTensorTypeAndShape();
        if (!output.IsTensor || info.ElementDataType != TensorElementType.Float)
        {
            throw NotClassifier(shape, $"holds {info.ElementDataType}, not 32-bit floats");
        }
        var isFlat = info.Shape is [1, _];
        if (!isFlat && info.Shape is not [1, _, 1, 1])
        {
            throw NotClassifier(shape, $"is [{string.Join(", ", info.Shape)}] for one picture");
        }
        if (info.Shape[1] < 2)
        {
            throw NotClassifier(shape, "has less than two classes");
        }
        var logits = output.GetTensorDataAsSpan<float>().ToArray();
        var isDeclared = session.OutputMetadata[shape.OutputName].Dimensions is [_, var classes] && classes == logits.Length;
        return logits.All(float.IsFinite) ? new TrialAnswer(shape, logits, isFlat, isDeclared) : throw new ModelRefusedException(
            ImportRefusal.OutputNotFinite,
            $"{name} answers a trial picture with values that are not finite (NaN or infinity). "
            + "Check mean and standard deviation, and whether training has diverged.");
    }

    /// <summary>Sizes of inner tensors for one picture, by name.</summary>
    public IReadOnlyDictionary<string, long[]> ShapesOf(ModelProto model, ClassifierShape shape, IReadOnlyList<string> tensors, RunOptions runOptions)
    {
        var probe = model.Clone();
        probe.Graph.Output.Add(tensors.Except(probe.Graph.Output.Select(output => output.Name)).Select(tensor => new ValueInfoProto { Name = tensor }));
        using var session = CandidateSession.Open(Google.Protobuf.MessageExtensions.ToByteArray(probe));
        using var input = OrtValue.CreateTensorValueFromMemory(Picture(shape), shape.InputShape);
        using var outputs = session.Run(runOptions, [shape.InputName], [input], tensors);
        return tensors.Zip(outputs, (tensor, value) => (tensor, value.GetTensorTypeAndShape().Shape)).ToDictionary(pair => pair.tensor, pair => pair.Shape);
    }

    private float[] Picture(ClassifierShape shape)
    {
        var random = new Random(Seed);
        var values = new float[3 * shape.SidePx * shape.SidePx];
        for (var i = 0; i < values.Length; i++)
        {
            var channel = shape.ChannelsLast ? i % 3 : i / (shape.SidePx * shape.SidePx);
            values[i] = (random.NextSingle() - preprocessing.Mean[channel]) / preprocessing.Std[channel];
        }
        return values;
    }

    private ModelRefusedException NotClassifier(ClassifierShape shape, string what) => new(
        ImportRefusal.NotClassifier,
        $"{name}: the output `{shape.OutputName}` {what}. A classifier answers with one logit a class, [N, classes].");
}
