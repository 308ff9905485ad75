using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Optimization;

public sealed class QuantizedModelCacheTests : IDisposable
{
    private static readonly IImageDecoder Decoder = ImageDecoders.CreateDefault(new ImageLimits());
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-quantized-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AModelWithoutInt8_IsQuantizedOnceAndFoundAgain()
    {
        var cache = new QuantizedModelCache(Path.Combine(_folder, "cache"), SamplePicture.Folder, 8, Decoder);
        var shares = new Shares();

        var made = await cache.PrepareAsync(Fp32Only(), Precisions.Int8, shares, CancellationToken.None);
        var written = File.GetLastWriteTimeUtc(made.Path);
        var again = await cache.PrepareAsync(Fp32Only(), Precisions.Int8, progress: null, CancellationToken.None);

        Assert.Equal(made.Path, again.Path);
        Assert.Equal(written, File.GetLastWriteTimeUtc(again.Path));
        Assert.InRange(made.SizeBytes, 1, EmbeddedZoo.Default.File.SizeBytes / 3);
        Assert.Equal(1, shares.Last);
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "cache")));
    }

    [Fact]
    public async Task AModelWithoutFp16_IsHalvedWithoutPictures()
    {
        var cache = new QuantizedModelCache(Path.Combine(_folder, "cache"), null, 8, Decoder);

        var made = await cache.PrepareAsync(Fp32Only(), Precisions.Fp16, null, CancellationToken.None);

        Assert.InRange(made.SizeBytes, 1, 0.51 * EmbeddedZoo.Default.File.SizeBytes);
        Assert.Equal(made.Path, (await cache.PrepareAsync(Fp32Only(), Precisions.Fp16, null, CancellationToken.None)).Path);
    }

    [Fact]
    public async Task OtherPictures_MakeAnotherFile()
    {
        var cachePath = Path.Combine(_folder, "cache");

        var eight = await new QuantizedModelCache(cachePath, SamplePicture.Folder, 8, Decoder).PrepareAsync(Fp32Only(), Precisions.Int8, null, CancellationToken.None);
        var two = await new QuantizedModelCache(cachePath, SamplePicture.Folder, 2, Decoder).PrepareAsync(Fp32Only(), Precisions.Int8, null, CancellationToken.None);

        Assert.NotEqual(eight.Path, two.Path);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("empty")]
    public async Task WithoutPictures_TheMessageNamesTheKey(string? subfolder)
    {
        var pictures = subfolder is null ? null : Directory.CreateDirectory(Path.Combine(_folder, subfolder)).FullName;
        var cache = new QuantizedModelCache(Path.Combine(_folder, "cache"), pictures, 8, Decoder);

        var error = await Assert.ThrowsAsync<InvalidModelException>(() => cache.PrepareAsync(Fp32Only(), Precisions.Int8, null, CancellationToken.None));

        Assert.Contains("LatencyLab:CalibrationPath", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_NothingStaysBehind()
    {
        var cachePath = Path.Combine(_folder, "cache");
        var cache = new QuantizedModelCache(cachePath, SamplePicture.Folder, 8, Decoder);
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => cache.PrepareAsync(Fp32Only(), Precisions.Int8, new Shares(cancellation.Cancel), cancellation.Token));

        Assert.Empty(Directory.GetFiles(cachePath));
    }

    private static Model Fp32Only()
    {
        var model = EmbeddedZoo.Default;
        return model with { Card = model.Card with { Variants = new Dictionary<string, ModelFileCard>() } };
    }

    private sealed class Shares(Action? onReport = null) : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value)
        {
            Last = value;
            onReport?.Invoke();
        }
    }
}
