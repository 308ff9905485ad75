using LatencyLab.Cli;
using LatencyLab.Cli.Commands;

namespace LatencyLab.Tests.Cli;

/// <summary>Runs the command line in this process. The console is one for all, so tests that use it form one collection.</summary>
[CollectionDefinition(nameof(CommandLine), DisableParallelization = true)]
public sealed class CommandLine
{
    /// <summary>Exit code, standard output and standard error of a command line.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var capturedOutput = new StringWriter();
        using var capturedError = new StringWriter();
        try
        {
            Console.SetOut(capturedOutput);
            Console.SetError(capturedError);
            var exitCode = await CommandRunner.RunAsync(Root.Create(), arguments);
            return (exitCode, capturedOutput.ToString(), capturedError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
