using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>Raw entry points of GLib and GObject, which libvips carries inside.</summary>
internal static unsafe partial class GObjectNative
{
    private const string Library = NativeLibraryResolver.Vips;

    [LibraryImport(Library, EntryPoint = "g_free")]
    public static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "g_object_ref")]
    public static partial nint Ref(nint instance);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    public static partial void Unref(nint instance);

    [LibraryImport(Library, EntryPoint = "g_object_set_property")]
    public static partial void SetProperty(VipsOperationHandle instance, ReadOnlySpan<byte> name, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_get_property")]
    public static partial void GetProperty(VipsOperationHandle instance, ReadOnlySpan<byte> name, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_init")]
    public static partial GValue* ValueInit(GValue* value, nuint type);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    public static partial void ValueUnset(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_set_int")]
    public static partial void ValueSetInt(GValue* value, int number);

    [LibraryImport(Library, EntryPoint = "g_value_set_boolean")]
    public static partial void ValueSetBoolean(GValue* value, int flag);

    [LibraryImport(Library, EntryPoint = "g_value_set_string")]
    public static partial void ValueSetString(GValue* value, ReadOnlySpan<byte> text);

    [LibraryImport(Library, EntryPoint = "g_value_set_object")]
    public static partial void ValueSetObject(GValue* value, VipsImageHandle instance);

    [LibraryImport(Library, EntryPoint = "g_value_get_object")]
    public static partial nint ValueGetObject(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_set_boxed")]
    public static partial void ValueSetBoxed(GValue* value, VipsAreaHandle boxed);

    [LibraryImport(Library, EntryPoint = "g_value_get_boxed")]
    public static partial nint ValueGetBoxed(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_log_set_handler")]
    public static partial uint SetLogHandler(
        ReadOnlySpan<byte> domain, int levels, delegate* unmanaged[Cdecl]<byte*, int, byte*, nint, void> handler, nint userData);
}
