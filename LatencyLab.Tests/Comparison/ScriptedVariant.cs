using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Comparison;

/// <summary>A variant whose model does what a test wants.</summary>
internal static class ScriptedVariant
{
    public const int ChillMs = 200;

    /// <summary>Never ends by itself.</summary>
    public static VariantEntry Stuck(LoadedZoo zoo) => Create(zoo, "stuck", cancellationToken =>
    {
        cancellationToken.WaitHandle.WaitOne();
        cancellationToken.ThrowIfCancellationRequested();
    });

    /// <summary>Is slow at every other inference, as at the first one after another variant.</summary>
    public static VariantEntry Chilled(LoadedZoo zoo)
    {
        var answers = 0;
        return Create(zoo, "chilled", _ =>
        {
            if (answers++ % 2 == 0)
            {
                Thread.Sleep(ChillMs);
            }
        });
    }

    /// <summary>Fails at the third inference and all that follow.</summary>
    public static VariantEntry Breaking(LoadedZoo zoo)
    {
        var answers = 0;
        return Create(zoo, "breaking", _ =>
        {
            if (Interlocked.Increment(ref answers) > 2)
            {
                throw new HttpRequestException("The service has gone away.");
            }
        });
    }

    private static VariantEntry Create(LoadedZoo zoo, string id, Action<CancellationToken> run)
    {
        var model = EmbeddedZoo.Default;
        var options = new VariantOptions { Id = id, Title = id };
        var entry = new VariantEntry(model, options);
        entry.SetReady(new Variant(
            options, model, new VariantFacts { Provider = "CPU", Threads = 1, ModelSizeBytes = 1 },
            () => new RequestSlot(new ImagePreprocessor(zoo.Decoder, model.Preprocessing), new Scripted(model.Preprocessing.TensorLength, run), model),
            session: null));
        return entry;
    }

    private sealed class Scripted(int tensorLength, Action<CancellationToken> run) : IInference
    {
        private readonly float[] _input = new float[tensorLength];
        private readonly float[] _output = new float[10];

        public Span<float> Input => _input;

        public ReadOnlySpan<float> Output => _output;

        public void Run(StageClock clock, CancellationToken cancellationToken = default)
        {
            run(cancellationToken);
            clock.Mark(Stage.Inference);
        }

        public void Dispose()
        {
        }
    }
}
