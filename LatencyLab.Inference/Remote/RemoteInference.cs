using System.Diagnostics;
using System.Globalization;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Remote;

/// <summary>
/// A model that another service runs. Where the service says what the model alone took (<c>inference_ms</c>), that is the stage
/// <see cref="Stage.Inference"/>, and the rest of the round trip is <see cref="Stage.Network"/>; otherwise all of it is
/// <see cref="Stage.Network"/>, since from here the two cannot be told apart.
/// </summary>
internal sealed class RemoteInference : IInference
{
    private readonly RemoteService _service;
    private readonly string _outputName;
    private readonly NativeBuffer _input;
    private readonly NativeBuffer _output;
    private readonly TensorContent _request;
    private byte[] _answer;

    public RemoteInference(RemoteService service, Model model)
    {
        _service = service;
        _outputName = model.Card.Output.Name;
        var size = model.Card.Preprocessing.Size;
        _input = new NativeBuffer(3 * size * size);
        _output = new NativeBuffer(model.Card.NumClasses);
        _request = new TensorContent(_input, model);
        _answer = new byte[1024 + _output.SizeBytes];
    }

    public Span<float> Input => _input.Floats;

    public ReadOnlySpan<float> Output => _output.Floats;

    /// <exception cref="RemoteInferenceException">The service does not answer as it should.</exception>
    public void Run(StageClock clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clock);
        cancellationToken.ThrowIfCancellationRequested();
        if (Ask(cancellationToken) is { } serverMs)
        {
            clock.Mark(Stage.Inference, (long)Math.Clamp(serverMs * Stopwatch.Frequency / 1000, 0, long.MaxValue / 2), Stage.Network);
        }
        else
        {
            clock.Mark(Stage.Network);
        }
    }

    public void Dispose()
    {
        _request.Dispose();
        _input.Dispose();
        _output.Dispose();
    }

    /// <summary>One round trip; returns what the model alone took, in milliseconds, where the service says so.</summary>
    private double? Ask(CancellationToken cancellationToken)
    {
        using var response = _service.Infer(_request, cancellationToken);
        var length = ReadBody(response);
        try
        {
            return InferenceAnswer.Read(_answer.AsMemory(0, length), HeaderLength(response), _outputName, _output.Floats);
        }
        catch (InvalidDataException error)
        {
            throw _service.WrongAnswer(error);
        }
    }

    private int ReadBody(HttpResponseMessage response)
    {
        using var body = response.Content.ReadAsStream();
        var length = 0;
        while (true)
        {
            var read = body.Read(_answer, length, _answer.Length - length);
            if (read == 0)
            {
                return length;
            }
            length += read;
            if (length == _answer.Length)
            {
                Array.Resize(ref _answer, 2 * _answer.Length);
            }
        }
    }

    private static int? HeaderLength(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues(OpenInferenceProtocol.HeaderLength, out var values))
        {
            return null;
        }
        return int.TryParse(values.FirstOrDefault(), CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new InvalidDataException($"an {OpenInferenceProtocol.HeaderLength} that is no number");
    }
}
