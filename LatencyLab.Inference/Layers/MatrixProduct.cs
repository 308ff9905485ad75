using System.Diagnostics;
using Google.Protobuf;
using LatencyLab.Inference.Optimization.Onnx;
using Microsoft.ML.OnnxRuntime;
using DataType = LatencyLab.Inference.Optimization.Onnx.TensorProto.Types.DataType;

namespace LatencyLab.Inference.Layers;

/// <summary>A model of one large matrix product with constant weights, so that the runtime may pack them as it does in real models.</summary>
internal static class MatrixProduct
{
    private const int Side = 512;
    private const int MostRuns = 100;
    private const double MultiplyAdds = (double)Side * Side * Side;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>Billions of multiply-adds a second in 32-bit floating point; the best of several runs.</summary>
    public static double MeasureFp32(int threads, CancellationToken cancellationToken)
    {
        var values = Values<float>(i => ((i % 13) - 6) / 8f);
        var model = Model("MatMul", DataType.Float, DataType.Float, TensorData.Create<float>("weights", values, Side, Side));
        return Measure(model, values, threads, cancellationToken);
    }

    /// <summary>The same with unsigned 8-bit activations and signed 8-bit weights.</summary>
    public static double MeasureInt8(int threads, CancellationToken cancellationToken)
    {
        var weights = TensorData.Create<sbyte>("weights", Values(i => (sbyte)((i % 127) - 63)), Side, Side);
        return Measure(Model("MatMulInteger", DataType.Uint8, DataType.Int32, weights), Values(i => (byte)i), threads, cancellationToken);
    }

    private static double Measure<T>(ModelProto model, T[] input, int threads, CancellationToken cancellationToken)
        where T : unmanaged
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        using var session = new InferenceSession(model.ToByteArray(), options);
        using var run = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(input, [Side, Side]);
        var began = Stopwatch.GetTimestamp();
        var best = TimeSpan.MaxValue;
        for (var runs = 0; runs < MostRuns && (runs < 2 || Stopwatch.GetElapsedTime(began) < Patience); runs++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            using var outputs = session.Run(run, ["input"], [value], ["output"]);
            var elapsed = Stopwatch.GetElapsedTime(started);
            best = elapsed < best ? elapsed : best;
        }
        return MultiplyAdds / best.TotalSeconds / 1e9;
    }

    private static ModelProto Model(string operatorType, DataType input, DataType output, TensorProto weights) => new()
    {
        IrVersion = 7,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 13 } },
        Graph = new GraphProto
        {
            Name = "peak",
            Input = { Tensor("input", input) },
            Output = { Tensor("output", output) },
            Initializer = { weights },
            Node = { new NodeProto { Name = "product", OpType = operatorType, Input = { "input", weights.Name }, Output = { "output" } } },
        },
    };

    private static ValueInfoProto Tensor(string name, DataType type)
    {
        var side = new TensorShapeProto.Types.Dimension { DimValue = Side };
        var shape = new TensorShapeProto { Dim = { side, side.Clone() } };
        return new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } } };
    }

    private static T[] Values<T>(Func<int, T> value) => [.. Enumerable.Range(0, Side * Side).Select(value)];
}
