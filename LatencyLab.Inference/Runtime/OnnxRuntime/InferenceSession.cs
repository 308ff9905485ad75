using Microsoft.ML.OnnxRuntime.Native;

namespace Microsoft.ML.OnnxRuntime;

/// <summary>A loaded model. Runs are safe from several threads at once.</summary>
public sealed unsafe class InferenceSession : IDisposable
{
    private readonly OrtSafeHandle _handle;

    /// <summary>Loads a model from a file with default options.</summary>
    public InferenceSession(string modelPath)
        : this(modelPath, null)
    {
    }

    /// <summary>Loads a model from a file.</summary>
    /// <exception cref="OnnxRuntimeException">The file is missing, no model, or the options cannot be met.</exception>
    public InferenceSession(string modelPath, SessionOptions? options)
        : this(CreateFromFile(modelPath, options))
    {
    }

    /// <summary>Loads a model from memory with default options.</summary>
    public InferenceSession(byte[] model)
        : this(model, null)
    {
    }

    /// <summary>Loads a model from memory, which may be released afterwards.</summary>
    /// <exception cref="OnnxRuntimeException">The bytes are no model, or the options cannot be met.</exception>
    public InferenceSession(byte[] model, SessionOptions? options)
        : this(CreateFromArray(model, options))
    {
    }

    private InferenceSession(nint handle)
    {
        _handle = new OrtSafeHandle(handle, OrtApiSlot.ReleaseSession);
        try
        {
            InputMetadata = ReadNodes(OrtApiSlot.SessionGetInputCount, OrtApiSlot.SessionGetInputName, OrtApiSlot.SessionGetInputTypeInfo);
            OutputMetadata = ReadNodes(OrtApiSlot.SessionGetOutputCount, OrtApiSlot.SessionGetOutputName, OrtApiSlot.SessionGetOutputTypeInfo);
            InputNames = [.. InputMetadata.Keys];
            OutputNames = [.. OutputMetadata.Keys];
            using var metadata = new OrtSafeHandle(OrtApi.Get(OrtApiSlot.SessionGetModelMetadata, handle), OrtApiSlot.ReleaseModelMetadata);
            ModelMetadata = new ModelMetadata(metadata.DangerousGetHandle());
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    public IReadOnlyDictionary<string, NodeMetadata> InputMetadata { get; }

    public IReadOnlyDictionary<string, NodeMetadata> OutputMetadata { get; }

    public IReadOnlyList<string> InputNames { get; }

    public IReadOnlyList<string> OutputNames { get; }

    public ModelMetadata ModelMetadata { get; }

    public ulong ProfilingStartTimeNs
    {
        get
        {
            ulong start;
            OrtStatus.Check(((delegate* unmanaged<nint, ulong*, nint>)OrtApi.Function(OrtApiSlot.SessionGetProfilingStartTimeNs))(Handle, &start));
            return start;
        }
    }

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            return _handle.DangerousGetHandle();
        }
    }

    /// <summary>Runs the model; the runtime allocates the outputs.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions runOptions, IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputValues, IReadOnlyCollection<string> outputNames)
    {
        var results = new nint[outputNames.Count];
        RunNative(runOptions, inputNames, inputValues, outputNames, results);
        return new DisposableList<OrtValue>(results.Select(value => new OrtValue(value)));
    }

    /// <summary>Runs the model; the runtime allocates the outputs.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run(
        RunOptions runOptions, IReadOnlyDictionary<string, OrtValue> inputs, IReadOnlyCollection<string> outputNames) =>
        Run(runOptions, [.. inputs.Keys], [.. inputs.Values], outputNames);

    /// <summary>Runs the model into given outputs.</summary>
    public void Run(
        RunOptions runOptions, IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames, IReadOnlyCollection<OrtValue> outputValues) =>
        RunNative(runOptions, inputNames, inputValues, outputNames, [.. outputValues.Select(value => value.Handle)]);

    public OrtIoBinding CreateIoBinding() => new(OrtApi.Get(OrtApiSlot.CreateIoBinding, Handle));

    /// <summary>Runs the model on what is bound; the fastest way, without any allocation.</summary>
    public void RunWithBinding(RunOptions runOptions, OrtIoBinding ioBinding)
    {
        using var held = new HeldHandle(_handle);
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint, nint>)OrtApi.Function(OrtApiSlot.RunWithBinding))(
            held.Address, runOptions.DangerousGetHandle(), ioBinding.DangerousGetHandle()));
        GC.KeepAlive(runOptions);
        GC.KeepAlive(ioBinding);
    }

    public IDisposableReadOnlyCollection<OrtValue> RunWithBoundResults(RunOptions runOptions, OrtIoBinding ioBinding)
    {
        RunWithBinding(runOptions, ioBinding);
        return ioBinding.GetOutputValues();
    }

    /// <summary>Ends profiling and returns the profile's path.</summary>
    public string EndProfiling()
    {
        nint path;
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint*, nint>)OrtApi.Function(OrtApiSlot.SessionEndProfiling))(
            Handle, OrtApi.DefaultAllocator, &path));
        return OrtApi.TakeText(path);
    }

    public void Dispose() => _handle.Dispose();

    private static nint CreateFromFile(string modelPath, SessionOptions? options)
    {
        using var defaults = options is null ? new SessionOptions() : null;
        using var path = NativeText.Path(modelPath);
        nint session;
        OrtStatus.Check(((delegate* unmanaged<nint, nint, nint, nint*, nint>)OrtApi.Function(OrtApiSlot.CreateSession))(
            OrtEnv.Instance().DangerousGetHandle(), path.Address, (options ?? defaults!).DangerousGetHandle(), &session));
        GC.KeepAlive(options);
        return session;
    }

    private static nint CreateFromArray(byte[] model, SessionOptions? options)
    {
        using var defaults = options is null ? new SessionOptions() : null;
        nint session;
        fixed (byte* bytes = model)
        {
            OrtStatus.Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)OrtApi.Function(OrtApiSlot.CreateSessionFromArray))(
                OrtEnv.Instance().DangerousGetHandle(), bytes, (nuint)model.Length, (options ?? defaults!).DangerousGetHandle(), &session));
        }
        GC.KeepAlive(options);
        return session;
    }

    private void RunNative(
        RunOptions runOptions, IReadOnlyCollection<string> inputNames, IReadOnlyCollection<OrtValue> inputValues,
        IReadOnlyCollection<string> outputNames, nint[] outputs)
    {
        if (inputNames.Count != inputValues.Count || outputNames.Count != outputs.Length)
        {
            throw new ArgumentException("Names and values must be of the same number.");
        }
        using var inputKeys = new NativeTexts(inputNames);
        using var outputKeys = new NativeTexts(outputNames);
        var inputs = inputValues.Select(value => value.Handle).ToArray();
        using var held = new HeldHandle(_handle);
        fixed (nint* inputName = inputKeys.Addresses, outputName = outputKeys.Addresses, input = inputs, output = outputs)
        {
            OrtStatus.Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)OrtApi.Function(OrtApiSlot.Run))(
                held.Address, runOptions.DangerousGetHandle(), inputName, input, (nuint)inputs.Length, outputName, (nuint)outputs.Length, output));
        }
        GC.KeepAlive(inputValues);
        GC.KeepAlive(runOptions);
    }

    private Dictionary<string, NodeMetadata> ReadNodes(OrtApiSlot countSlot, OrtApiSlot nameSlot, OrtApiSlot typeSlot)
    {
        nuint count;
        OrtStatus.Check(((delegate* unmanaged<nint, nuint*, nint>)OrtApi.Function(countSlot))(Handle, &count));
        var nodes = new Dictionary<string, NodeMetadata>();
        for (nuint i = 0; i < count; i++)
        {
            nint name, type;
            OrtStatus.Check(((delegate* unmanaged<nint, nuint, nint, nint*, nint>)OrtApi.Function(nameSlot))(Handle, i, OrtApi.DefaultAllocator, &name));
            OrtStatus.Check(((delegate* unmanaged<nint, nuint, nint*, nint>)OrtApi.Function(typeSlot))(Handle, i, &type));
            using var typeInfo = new OrtSafeHandle(type, OrtApiSlot.ReleaseTypeInfo);
            nodes[OrtApi.TakeText(name)] = new NodeMetadata(typeInfo.DangerousGetHandle());
        }
        return nodes;
    }
}
