using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace LatencyLab.Tests.Api;

/// <summary>The real web application on a real port, with its default model warm.</summary>
public class WebApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    // Variants made by one test must not meet another, nor the developer's own.
    private readonly string _cache = Directory.CreateTempSubdirectory("latencylab-cache-").FullName;

    /// <summary>Settings that a test class changes.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public Uri Address => ClientOptions.BaseAddress;

    public async Task InitializeAsync()
    {
        UseKestrel(0);
        StartServer();
        using var client = CreateClient();
        for (var attempt = 0; !(await client.GetAsync("/healthz/ready")).IsSuccessStatusCode; attempt++)
        {
            Assert.True(attempt < 300, "The variants did not become ready: " + await client.GetStringAsync("/api/variants"));
            await Task.Delay(200);
        }
    }

    public new async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_cache, recursive: true);
    }

    /// <summary>A multipart form with a picture, as a program sends it.</summary>
    public static MultipartFormDataContent Form(byte[] picture, string name = "picture.jpg")
    {
        var content = new ByteArrayContent(picture);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new MultipartFormDataContent { { content, "image", name } };
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("LatencyLab:CachePath", _cache);
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }
    }
}
