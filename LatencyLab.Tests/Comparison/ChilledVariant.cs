using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Comparison;

/// <summary>A variant whose every other inference is slow, as the first one after another variant is.</summary>
internal static class ChilledVariant
{
    public const int SlowMs = 200;

    public static VariantEntry Create(LoadedZoo zoo)
    {
        var model = EmbeddedZoo.Default;
        var options = new VariantOptions { Id = "chilled", Title = "Chilled" };
        var entry = new VariantEntry(model, options);
        entry.SetReady(new Variant(
            options, model, new VariantFacts { Provider = "CPU", Threads = 1, ModelSizeBytes = 1 },
            () => new RequestSlot(new ImagePreprocessor(zoo.Decoder, model.Preprocessing), new Chilled(model.Preprocessing.TensorLength), model),
            session: null));
        return entry;
    }

    private sealed class Chilled(int tensorLength) : IInference
    {
        private readonly float[] _input = new float[tensorLength];
        private readonly float[] _output = new float[10];
        private int _answers;

        public Span<float> Input => _input;

        public ReadOnlySpan<float> Output => _output;

        public void Run(StageClock clock, CancellationToken cancellationToken = default)
        {
            if (_answers++ % 2 == 0)
            {
                Thread.Sleep(SlowMs);
            }
            clock.Mark(Stage.Inference);
        }

        public void Dispose()
        {
        }
    }
}
