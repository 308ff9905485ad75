using System.Diagnostics;

namespace LatencyLab.Tests.Requirements;

/// <summary>The ONNX project's own model checker, through a Python that has the <c>onnx</c> package.</summary>
internal static class OnnxChecker
{
    /// <summary>The interpreter, or null where none has the package.</summary>
    public static string? Python { get; } = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(python => Run(python, "import onnx").ExitCode == 0);

    /// <summary>What the checker says against the first file that it refuses; empty when all are valid.</summary>
    public static string Complaint(params string[] paths)
    {
        const string program = """
            import onnx, sys
            for path in sys.argv[1:]:
                try:
                    onnx.checker.check_model(onnx.load(path), full_check=True)
                except Exception as error:
                    sys.exit(f"{path}: {error}")
            """;
        var (exitCode, error) = Run(Python!, program, paths);
        return exitCode == 0 ? "" : error;
    }

    private static (int ExitCode, string Error) Run(string python, string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(python, ["-c", program, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "not installed");
        }
    }
}
