using Google.Protobuf;
using LatencyLab.Inference.Optimization.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LatencyLab.Tests.Runtime;

public class OnnxRuntimeTests
{
    private static readonly float[] Input = [-1, 2, -3, 4];
    private static readonly float[] Rectified = [0, 2, 0, 4];

    [Fact]
    public void Environment_AfterLoading_NamesVersionAndCpuProvider()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+", OrtEnv.Instance().GetVersionString());
        Assert.Contains("CPUExecutionProvider", OrtEnv.Instance().GetAvailableProviders());
    }

    [Fact]
    public void Session_WithSymbolicBatch_DescribesInputsAndOutputs()
    {
        using var session = new InferenceSession(ReluModel());

        var input = session.InputMetadata["x"];
        Assert.Equal([-1, 2], input.Dimensions);
        Assert.Equal(["N", ""], input.SymbolicDimensions);
        Assert.Equal(TensorElementType.Float, input.ElementDataType);
        Assert.Equal(typeof(float), input.ElementType);
        Assert.Equal(["y"], session.OutputNames);
        Assert.Equal("latencylab-test", session.ModelMetadata.ProducerName);
        Assert.Equal("relu", session.ModelMetadata.GraphName);
        Assert.Equal("first", session.ModelMetadata.CustomMetadataMap["note"]);
    }

    [Fact]
    public void Run_ByNames_AllocatesTheOutput()
    {
        using var session = new InferenceSession(ReluModel());
        using var options = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory((float[])Input.Clone(), [2, 2]);

        using var results = session.Run(options, ["x"], [x], ["y"]);

        Assert.Equal([2, 2], results[0].GetTensorTypeAndShape().Shape);
        Assert.Equal(Rectified, results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Fact]
    public void RunWithBinding_Repeated_ReadsAndWritesTheBoundBuffersWithoutAllocating()
    {
        using var session = new InferenceSession(ReluModel());
        using var options = new RunOptions();
        var buffer = (float[])Input.Clone();
        var result = new float[4];
        using var x = OrtValue.CreateTensorValueFromMemory(buffer, [2, 2]);
        using var y = OrtValue.CreateTensorValueFromMemory(result, [2, 2]);
        using var binding = session.CreateIoBinding();
        binding.BindInput("x", x);
        binding.BindOutput("y", y);

        session.RunWithBinding(options, binding);
        Assert.Equal(Rectified, result);

        buffer[0] = 9;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            session.RunWithBinding(options, binding);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(9, result[0]);
        Assert.Equal(["y"], binding.GetOutputNames());
        using var bound = binding.GetOutputValues();
        Assert.Equal(9, bound[0].GetTensorDataAsSpan<float>()[0]);
    }

    [Fact]
    public void Run_FromManyThreads_AnswersEachWithItsOwn()
    {
        using var session = new InferenceSession(ReluModel());
        using var options = new RunOptions();

        Parallel.For(0, 64, i =>
        {
            using var x = OrtValue.CreateTensorValueFromMemory<float>([i, -i], [1, 2]);
            using var results = session.Run(options, ["x"], [x], ["y"]);
            Assert.Equal([i, 0], results[0].GetTensorDataAsSpan<float>().ToArray());
        });
    }

    [Fact]
    public void Dispose_WhileOthersRun_NeitherCrashesNorHangs()
    {
        for (var round = 0; round < 20; round++)
        {
            var session = new InferenceSession(ReluModel());
            using var options = new RunOptions();
            var runs = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                using var x = OrtValue.CreateTensorValueFromMemory((float[])Input.Clone(), [2, 2]);
                while (true)
                {
                    session.Run(options, ["x"], [x], ["y"]).Dispose();
                }
            })).ToArray();
            Thread.Sleep(5);
            session.Dispose();
            Assert.All(runs, run => Assert.IsType<ObjectDisposedException>(Assert.Throws<AggregateException>(run.Wait).InnerException));
        }
    }

    [Fact]
    public void Run_Terminated_ThrowsAndRunsAgainAfterwards()
    {
        using var session = new InferenceSession(ReluModel());
        using var options = new RunOptions { Terminate = true };
        using var x = OrtValue.CreateTensorValueFromMemory((float[])Input.Clone(), [2, 2]);

        Assert.Throws<OnnxRuntimeException>(() => session.Run(options, ["x"], [x], ["y"]));
        options.Terminate = false;
        using var results = session.Run(options, ["x"], [x], ["y"]);
        Assert.Equal(4, results[0].GetTensorDataAsSpan<float>()[3]);
    }

    [Fact]
    public void Run_WithAWrongShape_SaysWhatIsWrong()
    {
        using var session = new InferenceSession(ReluModel());
        using var options = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory<float>([1, 2, 3], [1, 3]);

        var error = Assert.Throws<OnnxRuntimeException>(() => session.Run(options, ["x"], [x], ["y"]));
        Assert.StartsWith("[ErrorCode:InvalidArgument]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Session_OverBytesThatAreNoModel_Throws() =>
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession([1, 2, 3, 4]));

    [Fact]
    public void Session_OverAMissingFile_NamesIt() =>
        Assert.Contains("no-such.onnx", Assert.Throws<OnnxRuntimeException>(() => new InferenceSession("no-such.onnx")).Message, StringComparison.Ordinal);

    [Fact]
    public void OptimizedModelFilePath_WithABatchOverride_SavesTheRewrittenGraph()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using (var options = new SessionOptions { OptimizedModelFilePath = path, IntraOpNumThreads = 1 })
        {
            options.AddFreeDimensionOverrideByName("N", 1);
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            using var session = new InferenceSession(ReluModel(), options);
            Assert.Equal([1, 2], session.InputMetadata["x"].Dimensions);
        }
        Assert.Equal("Relu", ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)).Graph.Node.Single().OpType);
        File.Delete(path);
    }

    [Fact]
    public void Profiling_Ended_WritesNodeTimes()
    {
        using var options = new SessionOptions { ProfileOutputPathPrefix = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), EnableProfiling = true };
        using var session = new InferenceSession(ReluModel(), options);
        using var run = new RunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory((float[])Input.Clone(), [2, 2]);
        session.Run(run, ["x"], [x], ["y"]).Dispose();

        var profile = session.EndProfiling();

        Assert.True(session.ProfilingStartTimeNs > 0);
        Assert.Contains("\"op_name\" : \"Relu\"", File.ReadAllText(profile), StringComparison.Ordinal);
        File.Delete(profile);
    }

    [Fact]
    public void Values_AllocatedByTheRuntime_AreWritableAndTyped()
    {
        using var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Int32, [3]);
        value.GetTensorMutableDataAsSpan<int>().Fill(7);

        Assert.True(value.IsTensor);
        Assert.Equal([7, 7, 7], value.GetTensorDataAsSpan<int>().ToArray());
        Assert.Equal(12, value.GetTensorMutableRawData().Length);
        Assert.Throws<OnnxRuntimeException>(() => value.GetTensorDataAsSpan<float>().Length);
    }

    [Theory]
    [InlineData("NoSuchProvider")]
    public void AppendExecutionProvider_Unknown_FailsWithAMessage(string provider)
    {
        using var options = new SessionOptions();
        var error = Assert.Throws<OnnxRuntimeException>(() => options.AppendExecutionProvider(provider, new() { ["a"] = "b" }));
        Assert.Contains(provider, error.Message, StringComparison.Ordinal);
    }

    private static byte[] ReluModel()
    {
        var graph = new GraphProto { Name = "relu" };
        graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "x" }, Output = { "y" } });
        graph.Input.Add(Tensor("x"));
        graph.Output.Add(Tensor("y"));
        var model = new ModelProto { IrVersion = 7, ProducerName = "latencylab-test", Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 13 });
        model.MetadataProps.Add(new StringStringEntryProto { Key = "note", Value = "first" });
        return model.ToByteArray();
    }

    private static ValueInfoProto Tensor(string name)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = 2 });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = shape } },
        };
    }
}
