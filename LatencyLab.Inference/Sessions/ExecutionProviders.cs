using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Sessions;

/// <summary>The execution providers that variants can ask for.</summary>
internal static class ExecutionProviders
{
    public const string Cpu = "CPU";

    /// <summary>No provider of this process: another service runs the model.</summary>
    public const string Remote = "Remote";
    private const string Cuda = "CUDA";
    private const string TensorRt = "TensorRT";
    private const int LongestMessage = 200;

    /// <summary>Providers to try for a configured name, best first.</summary>
    public static IReadOnlyList<string> Candidates(string configured) => configured switch
    {
        "auto" => [TensorRt, Cuda, Cpu],
        "tensorrt" => [TensorRt],
        "cuda" => [Cuda],
        _ => [Cpu],
    };

    /// <summary>Adds a provider; nothing to do for the CPU, which is always there.</summary>
    public static void Append(SessionOptions options, string provider)
    {
        switch (provider)
        {
            case TensorRt:
                options.AppendExecutionProvider_Tensorrt();
                // Takes over what TensorRT cannot run.
                options.AppendExecutionProvider_CUDA();
                break;
            case Cuda:
                options.AppendExecutionProvider_CUDA();
                break;
        }
    }

    /// <summary>The first sentence of the runtime's message, without its source locations.</summary>
    public static string Explain(OnnxRuntimeException error)
    {
        var message = error.Message.AsSpan();
        var code = message.IndexOf("] ");
        if (message.StartsWith("[ErrorCode:", StringComparison.Ordinal) && code > 0)
        {
            message = message[(code + 2)..];
        }
        var line = message.IndexOf('\n');
        message = line > 0 ? message[..line] : message;
        return message.Length > LongestMessage ? string.Concat(message[..LongestMessage], "…") : message.ToString();
    }
}
