using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Runtime;

/// <summary>What one native library is called on each system; file names may hold <c>*</c> for a version.</summary>
internal sealed record NativeLibraryFiles(string ImportName, string Title, string[] Linux, string[] MacOS, string[] Windows)
{
    private string[] Names => OperatingSystem.IsWindows() ? Windows : OperatingSystem.IsMacOS() ? MacOS : Linux;

    /// <summary>Names that the system's loader can be asked for.</summary>
    public IEnumerable<string> FixedNames => Names.Where(name => !name.Contains('*', StringComparison.Ordinal));

    /// <summary>Existing files in the folders, in the order of preference.</summary>
    public IEnumerable<string> Candidates(IEnumerable<string> folders) =>
        folders.Where(Directory.Exists).SelectMany(folder => Names.SelectMany(name => Directory.EnumerateFiles(folder, name)));

    /// <summary>One sentence on what is wrong and one on what to do.</summary>
    public string MissingMessage(string folder, bool found) =>
        found
            ? $"The native library of {Title} in {folder} cannot be loaded on this system ({RuntimeInformation.OSDescription}, " +
              $"{RuntimeInformation.ProcessArchitecture}). Linux needs glibc 2.28 or newer; otherwise rebuild on this machine with `dotnet build` (needs Node 20)."
            : $"The native library of {Title} ({string.Join(" or ", Names)}) is missing from {folder}. " +
              "Rebuild with Node 20 installed (`dotnet build` fetches it), or install the library system-wide.";
}
