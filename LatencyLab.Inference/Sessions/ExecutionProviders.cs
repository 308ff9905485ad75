using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace LatencyLab.Inference.Sessions;

/// <summary>The execution providers that variants can ask for.</summary>
internal static partial class ExecutionProviders
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

    /// <summary>Why a provider did not start, without the runtime's source locations and without folders of this machine.</summary>
    public static string Explain(OnnxRuntimeException error)
    {
        if (MissingLibrary().Match(error.Message) is { Success: true } missing)
        {
            return $"its library {missing.Groups["file"].Value} is not installed";
        }
        var message = ErrorPrefix().Replace(error.Message, "");
        message = Folder().Replace(message, "").Split('\n')[0].Trim();
        return message.Length > LongestMessage ? message[..LongestMessage] + "…" : message;
    }

    [GeneratedRegex(@"Failed to load (shared )?library (\S*[/\\])?(?<file>[^\s/\\]+)[\s\S]*(cannot open shared object|not found|could not be found|No such file)", RegexOptions.IgnoreCase)]
    private static partial Regex MissingLibrary();

    [GeneratedRegex(@"^.*\[(ErrorCode|ONNXRuntimeError)[^\]]*\]( : \d+ : \w+ :)?\s*")]
    private static partial Regex ErrorPrefix();

    [GeneratedRegex(@"(/[\w.\-]+)+/")]
    private static partial Regex Folder();
}
