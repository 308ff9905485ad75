using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LatencyLab.Inference.Sessions;

/// <summary>A local session with native input and output memory of its own. Several may share one session.</summary>
public sealed class BoundSession : IInference
{
    private readonly InferenceSession _session;
    private readonly NativeBuffer _inputMemory;
    private readonly NativeBuffer _outputMemory;
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding? _binding;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    /// <summary>Allocates the memory and ties it to the session.</summary>
    /// <param name="session">The session; stays the caller's.</param>
    /// <param name="model">Names and sizes of input and output.</param>
    /// <param name="ioBinding">Bind once rather than name the values on every run.</param>
    /// <param name="batch">Pictures a run; more than one only where the graph leaves the batch size free.</param>
    /// <param name="sizePx">Side of the input in pixels, where the graph leaves it free; null for the card's.</param>
    /// <exception cref="InvalidModelException">The session's inputs and outputs are not those that the card describes.</exception>
    public BoundSession(InferenceSession session, Model model, bool ioBinding = true, int batch = 1, int? sizePx = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(model);
        var size = sizePx ?? model.Card.Preprocessing.Size;
        ModelShape.Check(session, model, batch, size);
        _session = session;
        _inputMemory = new NativeBuffer(checked(batch * 3 * size * size));
        _outputMemory = new NativeBuffer(checked(batch * model.Card.NumClasses));
        _input = Wrap(_inputMemory, [batch, 3, size, size]);
        _output = Wrap(_outputMemory, [batch, model.Card.NumClasses]);
        _inputNames = [model.Card.Input.Name];
        _outputNames = [model.Card.Output.Name];
        _inputs = [_input];
        _outputs = [_output];
        if (ioBinding)
        {
            _binding = session.CreateIoBinding();
            _binding.BindInput(model.Card.Input.Name, _input);
            _binding.BindOutput(model.Card.Output.Name, _output);
        }
    }

    /// <inheritdoc/>
    public Span<float> Input => _inputMemory.Floats;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Output => _outputMemory.Floats;

    /// <summary>Runs the model.</summary>
    public void Run()
    {
        if (_binding is not null)
        {
            _session.RunWithBinding(_runOptions, _binding);
        }
        else
        {
            _session.Run(_runOptions, _inputNames, _inputs, _outputNames, _outputs);
        }
    }

    /// <inheritdoc/>
    public void Run(StageClock clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clock);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using (cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _runOptions))
            {
                Run();
            }
        }
        catch (OnnxRuntimeException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The run was stopped.", error, cancellationToken);
        }
        finally
        {
            // Only now: the registration may set it until it is disposed.
            if (_runOptions.Terminate)
            {
                _runOptions.Terminate = false;
            }
        }
        clock.Mark(Stage.Inference);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding?.Dispose();
        _runOptions.Dispose();
        _input.Dispose();
        _output.Dispose();
        _inputMemory.Dispose();
        _outputMemory.Dispose();
    }

    private static OrtValue Wrap(NativeBuffer memory, long[] shape) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, memory.DangerousGetHandle(), memory.SizeBytes);
}
