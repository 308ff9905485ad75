using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LatencyLab.Tests.Remote;

/// <summary>A real HTTP server that speaks as much of the protocol as a test lets it: the embedded model, answered as the test says.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RemoteInferenceFactory _factory;

    private FakeService(WebApplication app, RemoteOptions options)
    {
        _app = app;
        _factory = new RemoteInferenceFactory(options);
    }

    public static Model Model { get; } = EmbeddedZoo.Default;

    public string Address => _app.Urls.Single();

    public VariantOptions Variant => new() { Id = "far", Title = "Far", Remote = Address };

    /// <summary>What <c>/v2/health/ready</c> answers, one status a request; the last for ever.</summary>
    public Queue<int> Health { get; } = new([200]);

    /// <summary>What the model's metadata are.</summary>
    public string Metadata { get; set; } =
        """{"name":"cifar10_resnet9","platform":"test","inputs":[{"name":"input","datatype":"FP32","shape":[-1,3,32,32]}],"outputs":[{"name":"logits","datatype":"FP32","shape":[-1,10]}]}""";

    /// <summary>The requests that came, as the bytes they were.</summary>
    public List<(JsonNode Json, float[] Tensor)> Requests { get; } = [];

    public static async Task<FakeService> StartAsync(RequestDelegate? infer = null, double timeoutSeconds = 30)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new FakeService(app, new RemoteOptions { TimeoutSeconds = timeoutSeconds, ReadyPatienceSeconds = 30 });
        app.MapGet("/v2/health/ready", () => Results.StatusCode(service.Health.Count > 1 ? service.Health.Dequeue() : service.Health.Peek()));
        app.MapGet("/v2/models/cifar10_resnet9/ready", () => Results.Ok());
        app.MapGet("/v2/models/cifar10_resnet9", () => Results.Text(service.Metadata, "application/json"));
        app.MapPost("/v2/models/cifar10_resnet9/infer", async context =>
        {
            await service.KeepAsync(context.Request);
            await (infer ?? (answered => AnswerAsync(answered, new float[10])))(context);
        });
        await app.StartAsync();
        return service;
    }

    /// <summary>A binary answer as the extension describes it.</summary>
    public static Task AnswerAsync(HttpContext context, float[] logits, string parameters = "", string shape = "[1,10]", string datatype = "FP32")
    {
        var json =
            $$$"""{"model_name":"cifar10_resnet9",{{{parameters}}}"outputs":[{"name":"logits","datatype":"{{{datatype}}}","shape":{{{shape}}},"parameters":{"binary_data_size":{{{logits.Length * 4}}}}}]}""";
        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers["Inference-Header-Content-Length"] = json.Length.ToString(CultureInfo.InvariantCulture);
        return context.Response.Body.WriteAsync(
            (byte[])[.. System.Text.Encoding.ASCII.GetBytes(json), .. MemoryMarshal.AsBytes(logits.AsSpan())]).AsTask();
    }

    public IInference Create() => _factory.Create(Model, Variant);

    public Task ConnectAsync(VariantOptions? variant = null) => _factory.ConnectAsync(Model, variant ?? Variant, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _factory.Dispose();
        await _app.DisposeAsync();
    }

    private async Task KeepAsync(HttpRequest request)
    {
        using var memory = new MemoryStream();
        await request.Body.CopyToAsync(memory);
        var length = int.Parse(request.Headers["Inference-Header-Content-Length"]!, CultureInfo.InvariantCulture);
        var body = memory.ToArray();
        Requests.Add((JsonNode.Parse(body.AsSpan(0, length))!, MemoryMarshal.Cast<byte, float>(body.AsSpan(length)).ToArray()));
    }
}
