using System.Runtime.InteropServices;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>The function table, and calls of the common shapes through it. Nothing outside <c>Runtime/OnnxRuntime</c> uses it.</summary>
internal static unsafe partial class OrtApi
{
    /// <summary>Version 17 of the table holds every slot that is used here; newer libraries still serve it.</summary>
    private const uint TableVersion = 17;

    // Resolved on first use rather than in a static constructor: a missing library must give the same clear error every time.
    private static nint s_table;

    /// <summary>The function at a slot.</summary>
    public static nint Function(OrtApiSlot slot) => Table[(int)slot];

    /// <summary>The library's version.</summary>
    public static string Version => ReadText(((delegate* unmanaged<byte*>)ApiBase[1])())!;

    private static nint* ApiBase => OrtGetApiBase();

    private static nint* Table
    {
        get
        {
            if (s_table == 0)
            {
                var table = ((delegate* unmanaged<uint, nint>)ApiBase[0])(TableVersion);
                s_table = table != 0 ? table : throw new OnnxRuntimeException(
                    $"[ErrorCode:Fail] The ONNX Runtime library {Version} does not offer version {TableVersion} of its C API.");
            }
            return (nint*)s_table;
        }
    }

    /// <summary>Calls <c>OrtStatus* f(object)</c>.</summary>
    public static void Call(OrtApiSlot slot, nint target) =>
        OrtStatus.Check(((delegate* unmanaged<nint, nint>)Function(slot))(target));

    /// <summary>Calls <c>OrtStatus* f(object, int)</c>.</summary>
    public static void Call(OrtApiSlot slot, nint target, int value) =>
        OrtStatus.Check(((delegate* unmanaged<nint, int, nint>)Function(slot))(target, value));

    /// <summary>Calls <c>OrtStatus* f(object, pointer)</c>.</summary>
    public static void Call(OrtApiSlot slot, nint target, nint value) =>
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint>)Function(slot))(target, value));

    /// <summary>Calls <c>OrtStatus* f(object, text)</c>.</summary>
    public static void Call(OrtApiSlot slot, nint target, string text)
    {
        using var native = new NativeText(text);
        Call(slot, target, native.Address);
    }

    /// <summary>Calls <c>OrtStatus* f(object, text, text)</c>.</summary>
    public static void Call(OrtApiSlot slot, nint target, string first, string second)
    {
        using var nativeFirst = new NativeText(first);
        using var nativeSecond = new NativeText(second);
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint, nint>)Function(slot))(target, nativeFirst.Address, nativeSecond.Address));
    }

    /// <summary>Calls <c>OrtStatus* f(object**)</c>.</summary>
    public static nint Create(OrtApiSlot slot)
    {
        nint result;
        OrtStatus.Check(((delegate* unmanaged<nint*, nint>)Function(slot))(&result));
        return result;
    }

    /// <summary>Calls <c>OrtStatus* f(object, result**)</c>.</summary>
    public static nint Get(OrtApiSlot slot, nint target)
    {
        nint result = 0;
        OrtStatus.Check(((delegate* unmanaged<nint, nint*, nint>)Function(slot))(target, &result));
        return result;
    }

    /// <summary>Calls <c>void f(object)</c>.</summary>
    public static void Release(OrtApiSlot slot, nint target) => ((delegate* unmanaged<nint, void>)Function(slot))(target);

    /// <summary>Reads text that the library keeps.</summary>
    public static string? ReadText(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    /// <summary>Reads text that the library handed over, and frees it with the default allocator.</summary>
    public static string TakeText(nint text)
    {
        var value = Marshal.PtrToStringUTF8(text) ?? "";
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint>)Function(OrtApiSlot.AllocatorFree))(DefaultAllocator, text));
        return value;
    }

    /// <summary>The library's default allocator; never released.</summary>
    public static nint DefaultAllocator => Create(OrtApiSlot.GetAllocatorWithDefaultOptions);

    [LibraryImport("onnxruntime")]
    private static partial nint* OrtGetApiBase();
}
