using System.Runtime.InteropServices;

namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>GObject's variant type: a type id and two words of data, 24 bytes on every 64-bit system.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    /// <summary>Id of the fundamental type <c>gboolean</c>.</summary>
    public const nuint BooleanType = 5 << 2;

    /// <summary>Id of the fundamental type <c>gint</c>; enums accept it.</summary>
    public const nuint IntType = 6 << 2;

    /// <summary>Id of the fundamental type <c>gchararray</c>.</summary>
    public const nuint StringType = 16 << 2;

    private nuint _type;
    private ulong _data0;
    private ulong _data1;
}
