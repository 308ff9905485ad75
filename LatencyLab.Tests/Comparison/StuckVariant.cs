using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Comparison;

/// <summary>A variant whose model never ends by itself.</summary>
internal static class StuckVariant
{
    public static VariantEntry Create(LoadedZoo zoo)
    {
        var model = EmbeddedZoo.Default;
        var options = new VariantOptions { Id = "stuck", Title = "Stuck" };
        var entry = new VariantEntry(model, options);
        entry.SetReady(new Variant(
            options, model, new VariantFacts { Provider = "CPU", Threads = 1, ModelSizeBytes = 1 },
            () => new RequestSlot(new ImagePreprocessor(zoo.Decoder, model.Preprocessing), new Endless(model.Preprocessing.TensorLength), model),
            session: null));
        return entry;
    }

    private sealed class Endless(int tensorLength) : IInference
    {
        private readonly float[] _input = new float[tensorLength];
        private readonly float[] _output = new float[10];

        public Span<float> Input => _input;

        public ReadOnlySpan<float> Output => _output;

        public void Run(StageClock clock, CancellationToken cancellationToken = default)
        {
            cancellationToken.WaitHandle.WaitOne();
            cancellationToken.ThrowIfCancellationRequested();
        }

        public void Dispose()
        {
        }
    }
}
