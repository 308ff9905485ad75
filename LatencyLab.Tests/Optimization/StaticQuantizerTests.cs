using Google.Protobuf;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Optimization;

public class StaticQuantizerTests
{
    private static readonly int[] Shape = [3, 16, 16];

    [Fact]
    public void Quantize_Twice_GivesTheSameBytes()
    {
        var first = StaticQuantizer.Quantize(Network(), ModelRunner.Source(10, Shape)).Model.ToByteArray();
        var second = StaticQuantizer.Quantize(Network(), ModelRunner.Source(10, Shape)).Model.ToByteArray();

        Assert.Equal(first, second);
    }

    [Fact]
    public void Quantize_LeavesTheGivenModelAlone()
    {
        var model = Network();
        var before = model.ToByteArray();

        StaticQuantizer.Quantize(model, ModelRunner.Source(2, Shape));

        Assert.Equal(before, model.ToByteArray());
    }

    [Fact]
    public void Report_TellsWhatWasDone()
    {
        var report = StaticQuantizer.Quantize(Network(), ModelRunner.Source(10, Shape)).Report;

        Assert.Equal(["Conv", "Conv", "Add", "MaxPool", "GlobalAveragePool", "Flatten", "Gemm"], report.Quantized.Select(layer => layer.Operator));
        Assert.Empty(report.LeftInFloat);
        Assert.Equal(10, report.CalibrationPictures);
        Assert.Equal("mse", report.CalibrationMethod);
        Assert.Equal(8, report.WeightBits);
        Assert.Contains("VNNI", report.SaturationPath, StringComparison.Ordinal);
        Assert.True(report.SizeAfterBytes < report.SizeBeforeBytes);
        Assert.True(report.DurationMs > 0);
    }

    [Fact]
    public void Quantize_SevenBit_KeepsEveryWeightWithin63()
    {
        var quantized = StaticQuantizer.Quantize(
            Network(), ModelRunner.Source(4, Shape), new QuantizationOptions { WeightRange = WeightRange.SevenBit });

        var weights = quantized.Model.Graph.Initializer
            .Where(t => t.DataType == (int)TensorProto.Types.DataType.Int8).SelectMany(TensorData.Int8s).ToList();
        Assert.InRange(weights.Max(w => Math.Abs((int)w)), 56, 63);
        Assert.Equal(7, quantized.Report.WeightBits);
    }

    [Fact]
    public void Quantize_BatchesOfAnySize_FindTheSameRanges()
    {
        static IEnumerable<ActivationScale?> Scales(int batch) =>
            StaticQuantizer.Quantize(Network(), ModelRunner.Source(7, Shape), new QuantizationOptions { CalibrationBatch = batch })
                .Report.Quantized.Select(layer => layer.Output);

        Assert.Equal(Scales(1).Select(s => s?.Scale ?? 0), Scales(3).Select(s => s?.Scale ?? 0), (a, b) => MathF.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void Quantize_FixedBatch_KeepsItAndSeesEveryPicture()
    {
        var builder = new ModelBuilder([3, 16, 16], batch: 2);
        var model = builder.Build(builder.Conv("input", 3, 8));
        var pictures = ModelRunner.Pictures(3, Shape);
        pictures[2][5] = 40; // Only the last picture, which fills half a batch, has it.

        var quantized = StaticQuantizer.Quantize(
            model, new TensorCalibrationSource(pictures, Shape), new QuantizationOptions { Calibration = new MinMaxCalibration() });

        Assert.Equal(2, quantized.Model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue);
        var inputScale = quantized.Model.Graph.Initializer.Single(t => t.Name == "input_scale");
        Assert.Equal((40 - pictures.Min(p => p.Min())) / 255, TensorData.Floats(inputScale)[0], 1e-5f);
    }

    [Fact]
    public void Progress_CountsEveryPicture()
    {
        var seen = new List<QuantizationProgress>();

        StaticQuantizer.Quantize(Network(), ModelRunner.Source(10, Shape), progress: new Listener(seen.Add));

        Assert.Equal([4, 8, 10], seen.Where(p => p.Step == QuantizationStep.Calibrate).Select(p => p.Done));
        Assert.Equal(QuantizationStep.Verify, seen[^1].Step);
        Assert.All(seen, p => Assert.Equal(10, p.Total));
    }

    [Fact]
    public void Quantize_CancelledDuringCalibration_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        var source = new Watched(ModelRunner.Source(100, Shape));

        Assert.ThrowsAny<OperationCanceledException>(() => StaticQuantizer.Quantize(
            Network(), source, progress: new Listener(p => Cancel(p.Done)), cancellation: cancellation.Token));
        Assert.InRange(source.Filled, 8, 12);

        void Cancel(int done)
        {
            if (done >= 8)
            {
                cancellation.Cancel();
            }
        }
    }

    [Fact]
    public void Quantize_PicturesOfAnotherShape_AreRefused()
    {
        var refusal = Assert.Throws<InvalidModelException>(() => StaticQuantizer.Quantize(Network(), ModelRunner.Source(2, 3, 8, 8)));

        Assert.Contains("[3,8,8]", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("[N,3,16,16]", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantize_NotANumberInAPicture_NamesTheTensor()
    {
        var pictures = ModelRunner.Pictures(2, Shape);
        pictures[1][0] = float.NaN;

        var refusal = Assert.Throws<CalibrationException>(() => StaticQuantizer.Quantize(Network(), new TensorCalibrationSource(pictures, Shape)));
        Assert.Contains("'input'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantize_QuantizedModel_IsRefused()
    {
        var once = StaticQuantizer.Quantize(Network(), ModelRunner.Source(2, Shape)).Model;

        Assert.Throws<QuantizationException>(() => StaticQuantizer.Quantize(once, ModelRunner.Source(2, Shape)));
    }

    [Fact]
    public void Quantize_NothingToQuantize_IsRefused()
    {
        var builder = new ModelBuilder([3, 16, 16]);
        var model = builder.Build(builder.Node("Relu", ["input"]));

        Assert.Throws<QuantizationException>(() => StaticQuantizer.Quantize(model, ModelRunner.Source(2, Shape)));
    }

    [Fact]
    public void Quantize_ModelThatDoesNotLoad_IsRefusedBeforeCalibration()
    {
        var model = Network();
        model.Graph.Node[1].OpType = "NoSuchOperator";
        var source = new Watched(ModelRunner.Source(2, Shape));

        var refusal = Assert.Throws<InvalidModelException>(() => StaticQuantizer.Quantize(model, source));
        Assert.Contains("NoSuchOperator", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, source.Filled);
    }

    [Fact]
    public void Quantize_TwoInputs_AreRefused()
    {
        var model = Network();
        var second = model.Graph.Input[0].Clone();
        second.Name = "mask";
        model.Graph.Input.Add(second);

        Assert.Throws<InvalidModelException>(() => StaticQuantizer.Quantize(model, ModelRunner.Source(2, Shape)));
    }

    [Fact]
    public void Source_PictureOfAnotherLength_IsRefused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new TensorCalibrationSource([new float[12], new float[11]], [3, 2, 2]));

        Assert.Contains("Picture 1", refusal.Message, StringComparison.Ordinal);
    }

    [OnnxCheckerFact]
    public void Quantize_Result_PassesTheOnnxChecker()
    {
        var path = Path.GetTempFileName();
        try
        {
            var model = Network();
            TensorShapeProto.Types.Dimension[] dimensions = [new() { DimParam = "N" }, new() { DimValue = 10 }];
            model.Graph.Output[0].Type.TensorType.Shape = new TensorShapeProto { Dim = { dimensions } };

            StaticQuantizer.Quantize(model, ModelRunner.Source(4, Shape)).Save(path);

            Assert.Equal("", OnnxChecker.Complaint(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ModelProto Network()
    {
        var builder = new ModelBuilder([3, 16, 16]);
        var x = builder.Node("Relu", [builder.Conv("input", 3, 16)]);
        x = builder.Node("Add", [x, builder.Clip(builder.BatchNormalization(builder.Conv(x, 16, 16), 16), 0, 6)]);
        x = builder.Node("GlobalAveragePool", [builder.MaxPool(x)]);
        return builder.Build(builder.Gemm(builder.Node("Flatten", [x]), 16, 10));
    }

    private sealed class Listener(Action<QuantizationProgress> listen) : IProgress<QuantizationProgress>
    {
        public void Report(QuantizationProgress value) => listen(value);
    }

    private sealed class Watched(ICalibrationSource inner) : ICalibrationSource
    {
        public int Filled { get; private set; }

        public int Count => inner.Count;

        public IReadOnlyList<int> Shape => inner.Shape;

        public void Fill(int index, Span<float> destination)
        {
            Filled++;
            inner.Fill(index, destination);
        }
    }
}
