using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>What a model says of itself.</summary>
public class ModelMetadata
{
    internal unsafe ModelMetadata(nint metadata)
    {
        ProducerName = Text(OrtApiSlot.ModelMetadataGetProducerName, metadata);
        GraphName = Text(OrtApiSlot.ModelMetadataGetGraphName, metadata);
        Domain = Text(OrtApiSlot.ModelMetadataGetDomain, metadata);
        Description = Text(OrtApiSlot.ModelMetadataGetDescription, metadata);
        GraphDescription = Text(OrtApiSlot.ModelMetadataGetGraphDescription, metadata);
        long version;
        OrtStatus.Check(((delegate* unmanaged<nint, long*, nint>)OrtApi.Function(OrtApiSlot.ModelMetadataGetVersion))(metadata, &version));
        Version = version;
        CustomMetadataMap = ReadCustomMetadata(metadata);
    }

    public string ProducerName { get; }

    public string GraphName { get; }

    public string Domain { get; }

    public string Description { get; }

    public string GraphDescription { get; }

    public long Version { get; }

    public Dictionary<string, string> CustomMetadataMap { get; }

    private static unsafe string Text(OrtApiSlot slot, nint metadata)
    {
        nint text;
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint*, nint>)OrtApi.Function(slot))(metadata, OrtApi.DefaultAllocator, &text));
        return OrtApi.TakeText(text);
    }

    private static unsafe Dictionary<string, string> ReadCustomMetadata(nint metadata)
    {
        nint* keys;
        long count;
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint**, long*, nint>)OrtApi.Function(OrtApiSlot.ModelMetadataGetCustomMetadataMapKeys))(
            metadata, OrtApi.DefaultAllocator, &keys, &count));
        var map = new Dictionary<string, string>();
        for (var i = 0; i < count; i++)
        {
            var key = OrtApi.TakeText(keys[i]);
            using var native = new NativeText(key);
            nint value;
            OrtStatus.Check(((delegate* unmanaged<nint, nint, nint, nint*, nint>)OrtApi.Function(OrtApiSlot.ModelMetadataLookupCustomMetadataMap))(
                metadata, OrtApi.DefaultAllocator, native.Address, &value));
            map[key] = OrtApi.TakeText(value);
        }
        if (keys != null)
        {
            OrtApi.Call(OrtApiSlot.AllocatorFree, OrtApi.DefaultAllocator, (nint)keys);
        }
        return map;
    }
}
