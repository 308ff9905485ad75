using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Runtime;

/// <summary>
/// Finds the native libraries that this assembly calls. An assembly can have one resolver only, so all bindings share this one.
/// </summary>
internal static class NativeLibraryResolver
{
    /// <summary>Import name of ONNX Runtime.</summary>
    public const string OnnxRuntime = "onnxruntime";

    /// <summary>Import name of libvips.</summary>
    public const string Vips = "vips";

    private static readonly NativeLibraryFiles[] Known =
    [
        new(OnnxRuntime, "ONNX Runtime", Linux: ["libonnxruntime.so.1"], MacOS: ["libonnxruntime.1.dylib"], Windows: ["onnxruntime.dll"]),
        new(Vips, "libvips", Linux: ["libvips-cpp.so.*", "libvips.so.42"], MacOS: ["libvips-cpp.*.dylib", "libvips.42.dylib"], Windows: ["libvips-42.dll"]),
    ];

    /// <summary>Loads one of the libraries above, for bindings that look up function pointers themselves.</summary>
    /// <param name="importName"><see cref="OnnxRuntime"/> or <see cref="Vips"/>.</param>
    /// <exception cref="DllNotFoundException">The library is missing or cannot be loaded; the message names the fix.</exception>
    public static nint Load(string importName)
    {
        var files = Array.Find(Known, known => known.ImportName == importName)
            ?? throw new ArgumentException($"'{importName}' is no native library of this project.", nameof(importName));
        Exception? failure = null;
        foreach (var path in files.Candidates(SearchFolders()))
        {
            try
            {
                return NativeLibrary.Load(path);
            }
            catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
            {
                failure ??= exception;
            }
        }

        foreach (var name in files.FixedNames)
        {
            if (NativeLibrary.TryLoad(name, typeof(NativeLibraryResolver).Assembly, null, out var handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException(files.MissingMessage(SearchFolders()[0], found: failure is not null), failure);
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries",
        Justification = "The resolver must be in place before the first native call, whichever binding makes it; it loads nothing by itself.")]
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraryResolver).Assembly, static (name, _, _) => Resolve(name));

    private static nint Resolve(string name) => Array.Exists(Known, known => known.ImportName == name) ? Load(name) : 0;

    private static string[] SearchFolders() =>
        [Path.Combine(AppContext.BaseDirectory, "runtimes", PortableRid(), "native"), AppContext.BaseDirectory];

    private static string PortableRid()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
