using LatencyLab.Inference.Sessions;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Models.Import;

/// <summary>Opens a model that nobody vouches for: one thread, no optimizations, so that nothing is computed before it is asked for.</summary>
internal static class CandidateSession
{
    private const int LongestCause = 300;

    public static InferenceSession Open(string path)
    {
        using var options = Options();
        return new InferenceSession(path, options);
    }

    public static InferenceSession Open(byte[] model)
    {
        using var options = Options();
        return new InferenceSession(model, options);
    }

    /// <summary>The refusal for what the runtime does not like.</summary>
    public static ModelRefusedException Refusal(string name, OnnxRuntimeException error) => new(
        ImportRefusal.NotRunnable, $"{name} cannot be run: {Cause(error)}. Check it with onnx.checker, or export it again.", error);

    /// <summary>What the runtime says, without the place in its own sources.</summary>
    private static string Cause(OnnxRuntimeException error)
    {
        const string Assertion = " was false. ";
        var place = error.Message.IndexOf(Assertion, StringComparison.Ordinal);
        var cause = place < 0 ? ExecutionProviders.Explain(error) : error.Message[(place + Assertion.Length)..].Split('\n')[0];
        return cause[..Math.Min(cause.Length, LongestCause)].TrimEnd(' ', '.');
    }

    private static SessionOptions Options() => new()
    {
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
        IntraOpNumThreads = 1,
        InterOpNumThreads = 1,
        EnableCpuMemArena = false,
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
    };
}
