using System.Globalization;

namespace Microsoft.ML.OnnxRuntime.Native;

/// <summary>Appends execution providers to session options.</summary>
internal static unsafe class ProviderOptions
{
    public static void AppendByName(nint options, string provider, Dictionary<string, string>? settings)
    {
        using var name = new NativeText(provider);
        settings ??= [];
        using var keyTexts = new NativeTexts(settings.Keys);
        using var valueTexts = new NativeTexts(settings.Values);
        fixed (nint* keys = keyTexts.Addresses, values = valueTexts.Addresses)
        {
            OrtStatus.Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint>)OrtApi.Function(OrtApiSlot.AppendExecutionProvider))(
                options, name.Address, keys, values, (nuint)settings.Count));
        }
    }

    public static void AppendCuda(nint options, int deviceId) => Append(
        options, deviceId, OrtApiSlot.CreateCudaProviderOptions, OrtApiSlot.UpdateCudaProviderOptions,
        OrtApiSlot.AppendExecutionProviderCudaV2, OrtApiSlot.ReleaseCudaProviderOptions);

    public static void AppendTensorRt(nint options, int deviceId) => Append(
        options, deviceId, OrtApiSlot.CreateTensorRtProviderOptions, OrtApiSlot.UpdateTensorRtProviderOptions,
        OrtApiSlot.AppendExecutionProviderTensorRtV2, OrtApiSlot.ReleaseTensorRtProviderOptions);

    private static void Append(nint options, int deviceId, OrtApiSlot create, OrtApiSlot update, OrtApiSlot append, OrtApiSlot release)
    {
        using var provider = new OrtSafeHandle(OrtApi.Create(create), release);
        var handle = provider.DangerousGetHandle();
        using var key = new NativeTexts(["device_id"]);
        using var value = new NativeTexts([deviceId.ToString(CultureInfo.InvariantCulture)]);
        fixed (nint* keys = key.Addresses, values = value.Addresses)
        {
            OrtStatus.Check(((delegate* unmanaged<nint, nint*, nint*, nuint, nint>)OrtApi.Function(update))(
                handle, keys, values, 1));
        }
        OrtApi.Call(append, options, handle);
    }
}
