using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>
/// Raw entry points of libvips, non-variadic ones only: C's variadic calling convention cannot be met by a function import.
/// </summary>
internal static unsafe partial class VipsNative
{
    private const string Library = NativeLibraryResolver.Vips;

    [LibraryImport(Library, EntryPoint = "vips_init")]
    public static partial int Init(ReadOnlySpan<byte> programName);

    [LibraryImport(Library, EntryPoint = "vips_version")]
    public static partial int Version(int component);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    public static partial void SetConcurrency(int threads);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    public static partial void SetCacheSize(int operations);

    [LibraryImport(Library, EntryPoint = "vips_operation_block_set")]
    public static partial void BlockOperations(ReadOnlySpan<byte> className, int blocked);

    [LibraryImport(Library, EntryPoint = "vips_error_buffer_copy")]
    public static partial nint CopyErrorBuffer();

    [LibraryImport(Library, EntryPoint = "vips_error_clear")]
    public static partial void ClearErrorBuffer();

    [LibraryImport(Library, EntryPoint = "vips_image_get_type")]
    public static partial nuint ImageType();

    [LibraryImport(Library, EntryPoint = "vips_blob_get_type")]
    public static partial nuint BlobType();

    [LibraryImport(Library, EntryPoint = "vips_array_double_get_type")]
    public static partial nuint ArrayDoubleType();

    [LibraryImport(Library, EntryPoint = "vips_blob_new")]
    public static partial nint NewBlob(nint freeFunction, void* data, nuint lengthBytes);

    [LibraryImport(Library, EntryPoint = "vips_blob_get")]
    public static partial void* GetBlob(nint blob, out nuint lengthBytes);

    [LibraryImport(Library, EntryPoint = "vips_area_unref")]
    public static partial void UnrefArea(nint area);

    [LibraryImport(Library, EntryPoint = "vips_value_set_array_double")]
    public static partial void ValueSetArrayDouble(GValue* value, ReadOnlySpan<double> numbers, int count);

    [LibraryImport(Library, EntryPoint = "vips_operation_new")]
    public static partial nint NewOperation(ReadOnlySpan<byte> name);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_build")]
    public static partial nint BuildOperation(VipsOperationHandle operation);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    public static partial void UnrefOutputs(VipsOperationHandle operation);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory")]
    public static partial nint NewImageFromMemory(void* data, nuint lengthBytes, int width, int height, int bands, int format);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    public static partial int GetWidth(VipsImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    public static partial int GetHeight(VipsImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    public static partial int GetBands(VipsImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    public static partial int GetFormat(VipsImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    public static partial int GetInterpretation(VipsImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_orientation")]
    public static partial int GetOrientation(VipsImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_hasalpha")]
    public static partial int HasAlpha(VipsImageHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_typeof")]
    public static partial nuint GetFieldType(VipsImageHandle image, ReadOnlySpan<byte> name);

    [LibraryImport(Library, EntryPoint = "vips_image_write_to_memory")]
    public static partial nint WriteToMemory(VipsImageHandle image, out nuint lengthBytes);
}
