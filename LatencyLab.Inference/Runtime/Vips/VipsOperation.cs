namespace LatencyLab.Inference.Runtime.Vips;

/// <summary>One libvips operation by name: set its properties, then build it to get the picture it puts out.</summary>
internal readonly unsafe ref struct VipsOperation
{
    private readonly VipsOperationHandle _handle;

    public VipsOperation(ReadOnlySpan<byte> name)
    {
        VipsLibrary.EnsureInitialized();
        _handle = new VipsOperationHandle(VipsNative.NewOperation(name));
        if (_handle.IsInvalid)
        {
            throw VipsException.FromErrorBuffer("find the operation");
        }
    }

    public VipsOperation Set(ReadOnlySpan<byte> property, int number)
    {
        GValue value = default;
        GObjectNative.ValueInit(&value, GValue.IntType);
        GObjectNative.ValueSetInt(&value, number);
        return Apply(property, &value);
    }

    public VipsOperation Set(ReadOnlySpan<byte> property, bool flag)
    {
        GValue value = default;
        GObjectNative.ValueInit(&value, GValue.BooleanType);
        GObjectNative.ValueSetBoolean(&value, flag ? 1 : 0);
        return Apply(property, &value);
    }

    public VipsOperation Set(ReadOnlySpan<byte> property, ReadOnlySpan<byte> text)
    {
        GValue value = default;
        GObjectNative.ValueInit(&value, GValue.StringType);
        GObjectNative.ValueSetString(&value, text);
        return Apply(property, &value);
    }

    public VipsOperation Set(ReadOnlySpan<byte> property, ReadOnlySpan<double> numbers)
    {
        GValue value = default;
        GObjectNative.ValueInit(&value, VipsNative.ArrayDoubleType());
        VipsNative.ValueSetArrayDouble(&value, numbers, numbers.Length);
        return Apply(property, &value);
    }

    public VipsOperation Set(ReadOnlySpan<byte> property, VipsImageHandle image)
    {
        GValue value = default;
        GObjectNative.ValueInit(&value, VipsNative.ImageType());
        GObjectNative.ValueSetObject(&value, image);
        return Apply(property, &value);
    }

    public VipsOperation Set(ReadOnlySpan<byte> property, VipsSource source)
    {
        GValue value = default;
        GObjectNative.ValueInit(&value, VipsNative.BlobType());
        GObjectNative.ValueSetBoxed(&value, source.Blob);
        return Apply(property, &value);
    }

    /// <summary>Frees the operation if it is not built; building frees it too.</summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>Builds the operation and takes the picture from its property <c>out</c>.</summary>
    /// <exception cref="VipsException">The operation refuses its input.</exception>
    public VipsImageHandle Build()
    {
        using var built = BuildOperation();
        GValue value = default;
        GObjectNative.ValueInit(&value, VipsNative.ImageType());
        GObjectNative.GetProperty(built, "out"u8, &value);
        var image = new VipsImageHandle(GObjectNative.Ref(GObjectNative.ValueGetObject(&value)));
        GObjectNative.ValueUnset(&value);
        VipsNative.UnrefOutputs(built);
        return image;
    }

    /// <summary>Builds the operation and copies the bytes of its property <c>buffer</c>.</summary>
    /// <exception cref="VipsException">The operation refuses its input.</exception>
    public byte[] BuildBytes()
    {
        using var built = BuildOperation();
        GValue value = default;
        GObjectNative.ValueInit(&value, VipsNative.BlobType());
        GObjectNative.GetProperty(built, "buffer"u8, &value);
        var data = VipsNative.GetBlob(GObjectNative.ValueGetBoxed(&value), out var lengthBytes);
        var bytes = new ReadOnlySpan<byte>(data, checked((int)lengthBytes)).ToArray();
        GObjectNative.ValueUnset(&value);
        VipsNative.UnrefOutputs(built);
        return bytes;
    }

    private VipsOperationHandle BuildOperation()
    {
        // The built operation is a reference of its own, beside the unbuilt one: each must be let go, or every picture leaks.
        var built = new VipsOperationHandle(VipsNative.BuildOperation(_handle));
        if (built.IsInvalid)
        {
            VipsNative.UnrefOutputs(_handle);
            _handle.Dispose();
            throw VipsException.FromErrorBuffer("build the operation");
        }

        _handle.Dispose();
        return built;
    }

    private VipsOperation Apply(ReadOnlySpan<byte> property, GValue* value)
    {
        GObjectNative.SetProperty(_handle, property, value);
        GObjectNative.ValueUnset(value);
        return this;
    }
}
