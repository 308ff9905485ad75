using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>Inputs and outputs tied to memory once, for any number of runs. One binding serves one run at a time.</summary>
public class OrtIoBinding : SafeHandle
{
    internal OrtIoBinding(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    public void BindInput(string name, OrtValue ortValue) => Bind(OrtApiSlot.BindInput, name, ortValue.Handle);

    public void BindOutput(string name, OrtValue ortValue) => Bind(OrtApiSlot.BindOutput, name, ortValue.Handle);

    public void BindOutputToDevice(string name, OrtMemoryInfo memInfo) =>
        Bind(OrtApiSlot.BindOutputToDevice, name, memInfo.DangerousGetHandle());

    public void ClearBoundInputs() => OrtApi.Release(OrtApiSlot.ClearBoundInputs, handle);

    public void ClearBoundOutputs() => OrtApi.Release(OrtApiSlot.ClearBoundOutputs, handle);

    public void SynchronizeBoundInputs() => OrtApi.Call(OrtApiSlot.SynchronizeBoundInputs, handle);

    public void SynchronizeBoundOutputs() => OrtApi.Call(OrtApiSlot.SynchronizeBoundOutputs, handle);

    public unsafe string[] GetOutputNames()
    {
        nint text;
        nuint* lengths;
        nuint count;
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint*, nuint**, nuint*, nint>)OrtApi.Function(OrtApiSlot.GetBoundOutputNames))(
            handle, OrtApi.DefaultAllocator, &text, &lengths, &count));
        var names = new string[(int)count];
        var offset = 0;
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Marshal.PtrToStringUTF8(text + offset, (int)lengths[i]);
            offset += (int)lengths[i];
        }
        if (count > 0)
        {
            OrtApi.Call(OrtApiSlot.AllocatorFree, OrtApi.DefaultAllocator, text);
            OrtApi.Call(OrtApiSlot.AllocatorFree, OrtApi.DefaultAllocator, (nint)lengths);
        }
        return names;
    }

    public unsafe IDisposableReadOnlyCollection<OrtValue> GetOutputValues()
    {
        nint* values;
        nuint count;
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint**, nuint*, nint>)OrtApi.Function(OrtApiSlot.GetBoundOutputValues))(
            handle, OrtApi.DefaultAllocator, &values, &count));
        var list = new OrtValue[(int)count];
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = new OrtValue(values[i]);
        }
        if (count > 0)
        {
            OrtApi.Call(OrtApiSlot.AllocatorFree, OrtApi.DefaultAllocator, (nint)values);
        }
        return new DisposableList<OrtValue>(list);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OrtApi.Release(OrtApiSlot.ReleaseIoBinding, handle);
        return true;
    }

    private unsafe void Bind(OrtApiSlot slot, string name, nint value)
    {
        using var native = new NativeText(name);
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint, nint>)OrtApi.Function(slot))(handle, native.Address, value));
    }
}
