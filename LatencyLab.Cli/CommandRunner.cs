using System.CommandLine;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Pruning;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps;
using Microsoft.Extensions.Options;

namespace LatencyLab.Cli;

/// <summary>Runs a command line: exit code 0 for success, 1 for failure, 2 for bad usage; errors take one line on standard error.</summary>
public static class CommandRunner
{
    private const int Failed = 1;
    private const int BadUsage = 2;

    /// <summary>Parses and runs.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Complain(parsed.Errors[0].Message + " See `latencylab --help`.", BadUsage);
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (UsageException error)
        {
            return Complain(error.Message, BadUsage);
        }
        catch (OptionsValidationException error)
        {
            return Complain(error.Message, BadUsage);
        }
        catch (OperationCanceledException)
        {
            return Complain("cancelled.", Failed);
        }
        catch (Exception error) when (IsExpected(error))
        {
            return Complain(error.Message, Failed);
        }
    }

    private static bool IsExpected(Exception error) => error
        is InvalidModelException or ModelRefusedException or ModelRemovalRefusedException or ImageRejectedException or QuantizationException or CalibrationException or PruningException or SweepException or KeyNotFoundException
        or LoadTargetException or InvalidDataException or IOException or UnauthorizedAccessException
        or Microsoft.ML.OnnxRuntime.OnnxRuntimeException or DllNotFoundException;

    private static int Complain(string message, int exitCode)
    {
        Console.Error.WriteLine("latencylab: " + message.ReplaceLineEndings(" "));
        return exitCode;
    }
}
