using System.Security.Cryptography;
using LatencyLab.Inference.Models.Catalog;
using Microsoft.AspNetCore.Http;

namespace LatencyLab.Tests.Models.Catalog;

public sealed class FileDownloadTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(1_000_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-download-").FullName;
    private readonly FileDownload _download = new(new() { Silence = TimeSpan.FromSeconds(20), Attempts = 3, FirstWait = TimeSpan.FromMilliseconds(1), MaxSizeBytes = 3_000_000 });
    private FileServer _server = null!;

    public async Task InitializeAsync() => _server = await FileServer.StartAsync(Content);

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    public void Dispose()
    {
        _download.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task AFile_AsPublished_ArrivesWhole()
    {
        var bytes = new Counter();

        var hash = await _download.FetchAsync(Published(), Target, bytes, CancellationToken.None);

        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal(HashOf(Content), hash);
        Assert.Equal(Content.Length, bytes.Last);
        Assert.Equal(["model.onnx"], Files);
    }

    [Fact]
    public async Task AFile_WithoutPublishedHashAndSize_ArrivesAndItsHashIsTold() =>
        Assert.Equal(HashOf(Content), await FetchAsync(new PublishedFile { Address = _server.Address }));

    [Fact]
    public async Task AFile_ThatHasMoved_IsFoundAtItsNewPlace() =>
        Assert.Equal(HashOf(Content), await FetchAsync(Published() with { Address = new Uri(_server.Address, "/moved.onnx") }));

    [Fact]
    public async Task AConnection_ThatBreaks_IsContinuedWhereItBroke()
    {
        _server.NextCut(after: 400_000);

        Assert.Equal(HashOf(Content), await FetchAsync(Published()));
        Assert.Equal(2, _server.Ranges.Count);
        Assert.StartsWith("bytes=", _server.Ranges[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task APull_ThatFailed_IsContinuedByTheNextOne()
    {
        _server.NextCut(after: 400_000).NextStatus(503).NextStatus(503).NextStatus(503);
        var error = await Assert.ThrowsAsync<DownloadException>(() => FetchAsync(Published()));
        Assert.Equal(DownloadFailure.Interrupted, error.Reason);
        Assert.Contains("go on with what came", error.Message, StringComparison.Ordinal);
        Assert.Equal(["model.onnx.part", "model.onnx.part.json"], Files);

        using var another = new FileDownload();
        Assert.Equal(HashOf(Content), await another.FetchAsync(Published(), Target, null, CancellationToken.None));
        Assert.NotNull(_server.Ranges[^1]);
        Assert.Equal(["model.onnx"], Files);
    }

    [Fact]
    public async Task AFile_ThatChangedMeanwhile_IsFetchedFromTheBeginning()
    {
        _server.Next(async context =>
        {
            context.Response.ContentLength = Content.Length;
            context.Response.Headers.ETag = "\"old\"";
            await context.Response.Body.WriteAsync(new byte[400_000]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.Equal(HashOf(Content), await FetchAsync(Published()));
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task AServer_WithoutVersions_IsAskedForTheWholeFileAgain()
    {
        _server.ETag = null;
        _server.NextCut(after: 400_000);

        Assert.Equal(HashOf(Content), await FetchAsync(Published()));
        Assert.All(_server.Ranges, Assert.Null);
    }

    [Fact]
    public async Task AServer_ThatFailsAtFirst_IsAskedAgain()
    {
        _server.NextStatus(500).NextStatus(429);

        Assert.Equal(HashOf(Content), await FetchAsync(Published()));
        Assert.Equal(3, _server.Ranges.Count);
    }

    [Fact]
    public async Task AServer_ThatSaysNothing_IsGivenUp()
    {
        using var impatient = new FileDownload(new() { Silence = TimeSpan.FromMilliseconds(200), Attempts = 2, FirstWait = TimeSpan.FromMilliseconds(1) });
        _server.Next(Silent).Next(Silent);

        var error = await Assert.ThrowsAsync<DownloadException>(() => impatient.FetchAsync(Published(), Target, null, CancellationToken.None));

        Assert.Equal(DownloadFailure.Interrupted, error.Reason);
        Assert.Contains("silent for 0.2 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFile_ThatIsNotThere_IsNotAskedForAgainAndLeavesNothing()
    {
        _server.NextStatus(404);

        await AssertFailsAsync(DownloadFailure.Refused, "404", Published());
        Assert.Single(_server.Ranges);
    }

    [Fact]
    public async Task AFile_WithAnotherHash_LeavesNothing()
    {
        _server.Content = [.. Content[..^1], (byte)(Content[^1] ^ 1)];

        await AssertFailsAsync(DownloadFailure.WrongHash, HashOf(Content), Published());
    }

    [Fact]
    public async Task AFile_OfAnotherSize_IsRefusedBeforeItIsRead() =>
        await AssertFailsAsync(DownloadFailure.WrongSize, "999999 were published", Published() with { Bytes = 999_999 });

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(0)]
    public async Task ABody_WithoutEnd_IsCutOffAndLeavesNothing(long published)
    {
        _server.Next(async context =>
        {
            var zeros = new byte[100_000];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(zeros, context.RequestAborted);
            }
        });

        await AssertFailsAsync(DownloadFailure.WrongSize, "bytes", new PublishedFile { Address = _server.Address, Bytes = published });
    }

    [Theory]
    [InlineData("http://example.invalid/model.onnx")]
    [InlineData("ftp://127.0.0.1/model.onnx")]
    [InlineData("file:///etc/passwd")]
    public async Task AnAddress_ThatIsNotSecure_IsRefused(string address) =>
        await AssertFailsAsync(DownloadFailure.NotSecure, "HTTPS", Published() with { Address = new Uri(address) });

    [Fact]
    public async Task ARedirection_ToPlainHttp_IsRefused()
    {
        _server.Next(context =>
        {
            context.Response.Redirect("http://example.invalid/model.onnx");
            return Task.CompletedTask;
        });

        await AssertFailsAsync(DownloadFailure.NotSecure, "http://example.invalid/model.onnx", Published());
    }

    [Fact]
    public async Task Redirections_WithoutEnd_AreRefused()
    {
        for (var i = 0; i < 20; i++)
        {
            _server.Next(context =>
            {
                context.Response.Redirect("/model.onnx");
                return Task.CompletedTask;
            });
        }

        await AssertFailsAsync(DownloadFailure.Refused, "leads on and on", Published());
    }

    [Fact]
    public async Task APull_ThatIsCancelled_KeepsWhatCameForTheNext()
    {
        using var cancellation = new CancellationTokenSource();
        var arrived = new Counter(bytes => { if (bytes >= 300_000) { cancellation.Cancel(); } });
        _server.Next(async context =>
        {
            context.Response.ContentLength = Content.Length;
            context.Response.Headers.ETag = _server.ETag;
            await context.Response.Body.WriteAsync(Content.AsMemory(0, 300_000));
            await context.Response.Body.FlushAsync();
            await Silent(context);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _download.FetchAsync(Published(), Target, arrived, cancellation.Token));

        Assert.Equal(["model.onnx.part", "model.onnx.part.json"], Files);
        Assert.Equal(HashOf(Content), await FetchAsync(Published()));
        Assert.Equal("bytes=300000-", _server.Ranges[^1]);
    }

    private string Target => Path.Combine(_folder, "model.onnx");

    private string[] Files => [.. Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Order()];

    private PublishedFile Published() => new() { Address = _server.Address, Bytes = Content.Length, Sha256 = HashOf(Content) };

    private Task<string> FetchAsync(PublishedFile file) => _download.FetchAsync(file, Target, null, CancellationToken.None);

    private async Task AssertFailsAsync(DownloadFailure reason, string says, PublishedFile file)
    {
        var error = await Assert.ThrowsAsync<DownloadException>(() => FetchAsync(file));
        Assert.Equal(reason, error.Reason);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Empty(Files);
    }

    private static Task Silent(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private sealed class Counter(Action<long>? told = null) : IProgress<long>
    {
        public long Last { get; private set; }

        public void Report(long value)
        {
            Last = value;
            told?.Invoke(value);
        }
    }
}
