using Google.Protobuf;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Optimization.Facts;

/// <summary>The shape of every tensor in a model, for one picture or the model's own batch size.</summary>
internal sealed class TensorShapes
{
    private readonly Dictionary<string, long[]> _shapes = [];

    private TensorShapes(long batch) => Batch = batch;

    /// <summary>Pictures in the input: 1 where the model leaves the number free.</summary>
    public long Batch { get; }

    /// <summary>The tensor's shape, or null where the runtime cannot tell or there is no such tensor.</summary>
    public long[]? Find(string tensor) => _shapes.GetValueOrDefault(tensor);

    /// <summary>Lets the runtime infer the shapes; only what it cannot infer costs a run.</summary>
    /// <exception cref="InvalidModelException">The runtime refuses the model, or a dimension other than the batch is free and not given.</exception>
    public static TensorShapes Of(ModelProto model, IReadOnlyList<int>? pictureShape)
    {
        var observed = model.Clone();
        var inputs = observed.Graph.Input.ToDictionary(input => input.Name, input => FixedShape(input, pictureShape));
        var shapes = new TensorShapes(inputs.Values.FirstOrDefault() is [var batch and > 1, ..] ? batch : 1);
        foreach (var tensor in observed.Graph.Initializer)
        {
            shapes._shapes[tensor.Name] = [.. tensor.Dims];
        }

        foreach (var (name, shape) in inputs)
        {
            shapes._shapes[name] = shape;
        }

        observed.Graph.ValueInfo.Clear();
        observed.Graph.Output.Clear();
        var made = observed.Graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0).Distinct();
        observed.Graph.Output.Add(made.Select(name => new ValueInfoProto { Name = name }));
        try
        {
            shapes.Infer(observed, inputs);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidModelException($"The runtime refuses the model: {e.Message}", e);
        }

        return shapes;
    }

    private void Infer(ModelProto observed, Dictionary<string, long[]> inputs)
    {
        using var settings = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            IntraOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        using var session = new InferenceSession(observed.ToByteArray(), settings);
        var unknown = new List<string>();
        foreach (var (name, tensor) in session.OutputMetadata.Where(output => output.Value.IsTensor))
        {
            // A tensor of unknown rank looks like a scalar here.
            if (tensor.Dimensions.Length == 0 || Array.Exists(tensor.Dimensions, size => size < 0))
            {
                unknown.Add(name);
            }
            else
            {
                _shapes[name] = Array.ConvertAll(tensor.Dimensions, size => (long)size);
            }
        }

        if (unknown.Count == 0 || inputs.Count != 1 || session.InputMetadata.Values.Single().ElementType != typeof(float))
        {
            return;
        }

        var (input, shape) = inputs.Single();
        using var run = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, (product, d) => product * d)], shape);
        using var outputs = session.Run(run, [input], [value], unknown);
        for (var i = 0; i < unknown.Count; i++)
        {
            _shapes[unknown[i]] = outputs[i].GetTensorTypeAndShape().Shape;
        }
    }

    // Fixes the declaration in place as well, so that inference starts from numbers.
    private static long[] FixedShape(ValueInfoProto input, IReadOnlyList<int>? pictureShape)
    {
        if (input.Type?.TensorType?.Shape is not { } declared)
        {
            throw new InvalidModelException($"The input '{input.Name}' is not a tensor with a shape. Export the model with one.");
        }

        for (var axis = 0; axis < declared.Dim.Count; axis++)
        {
            var dimension = declared.Dim[axis];
            if (dimension.HasDimValue && dimension.DimValue > 0)
            {
                continue;
            }

            dimension.DimValue = axis == 0 ? 1
                : pictureShape is not null && axis <= pictureShape.Count ? pictureShape[axis - 1]
                : throw new InvalidModelException($"Dimension {axis} of the input '{input.Name}' is free. Give the shape of a picture.");
        }

        return [.. declared.Dim.Select(dimension => dimension.DimValue)];
    }
}
