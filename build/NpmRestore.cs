using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Runs <c>npm ci</c> once for all projects that build in parallel: the first holds a lock file, the others find the stamp.</summary>
public class NpmRestore : Task
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Required]
    public string Folder { get; set; }

    [Required]
    public string Stamp { get; set; }

    public override bool Execute()
    {
        var lockFile = Path.Combine(Folder, "package-lock.json");
        using (Acquire(Path.Combine(Folder, "obj-npm.lock")))
        {
            if (File.Exists(Stamp) && File.GetLastWriteTimeUtc(Stamp) >= File.GetLastWriteTimeUtc(lockFile))
            {
                return true;
            }
            Log.LogMessage(MessageImportance.High, "Restoring browser assets and native libraries with npm (about 120 MB, once) ...");
            return CheckNode() && RunNpm();
        }
    }

    private static FileStream Acquire(string path)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (clock.Elapsed < Patience)
            {
                Thread.Sleep(200);
            }
            catch (UnauthorizedAccessException) when (clock.Elapsed < Patience)
            {
                Thread.Sleep(200);
            }
        }
    }

    private bool CheckNode()
    {
        string output;
        int major = 0;
        if (!TryRun("node", "--version", out output) || !int.TryParse(output.Trim().TrimStart('v').Split('.')[0], out major) || major < 20)
        {
            Log.LogError("LatencyLab needs Node.js 20 or newer on the PATH for its browser assets and native libraries, and found "
                + (major == 0 ? "none" : "version " + output.Trim()) + ". Install it from your package manager or nodejs.org, then build again.");
            return false;
        }
        return true;
    }

    private bool RunNpm()
    {
        string output;
        if (TryRun("npm", "ci --ignore-scripts --no-fund --no-audit --loglevel=error", out output))
        {
            File.WriteAllText(Stamp, "npm ci");
            return true;
        }
        Log.LogError("`npm ci` failed in wwwroot-assets; check the connection to the npm registry and build again. npm said: " + output.Trim());
        return false;
    }

    private bool TryRun(string tool, string arguments, out string output)
    {
        var windows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        var start = new ProcessStartInfo(windows ? "cmd.exe" : tool, windows ? "/c " + tool + " " + arguments : arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using (var process = Process.Start(start))
            {
                var errors = process.StandardError.ReadToEndAsync();
                output = process.StandardOutput.ReadToEnd() + errors.Result;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
        }
        catch (Win32Exception)
        {
            output = tool + " was not found on the PATH";
            return false;
        }
    }
}
