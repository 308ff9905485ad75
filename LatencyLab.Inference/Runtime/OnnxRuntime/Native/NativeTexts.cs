using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>An array of zero-terminated UTF-8 texts for the length of one call.</summary>
internal readonly ref struct NativeTexts(IEnumerable<string> texts)
{
    public nint[] Addresses { get; } = [.. texts.Select(Marshal.StringToCoTaskMemUTF8)];

    public void Dispose() => Array.ForEach(Addresses, Marshal.FreeCoTaskMem);
}
