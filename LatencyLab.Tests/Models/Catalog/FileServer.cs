using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LatencyLab.Tests.Models.Catalog;

/// <summary>A real HTTP server with one file, which answers as well or as badly as a test wants.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Queue<RequestDelegate> _misbehaviours = new();

    private FileServer(WebApplication app, byte[] content) => (_app, Content) = (app, content);

    public byte[] Content { get; set; }

    /// <summary>The file's version; null for a server that names none.</summary>
    public string? ETag { get; set; } = "\"one\"";

    /// <summary>The value of each request's Range header, null where it had none.</summary>
    public List<string?> Ranges { get; } = [];

    public Uri Address => new(_app.Urls.Single() + "/model.onnx");

    public static async Task<FileServer> StartAsync(byte[] content)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new FileServer(builder.Build(), content);
        server._app.MapGet("/model.onnx", server.AnswerAsync);
        server._app.MapGet("/moved.onnx", context =>
        {
            context.Response.Redirect("/model.onnx");
            return Task.CompletedTask;
        });
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers the next request otherwise.</summary>
    public FileServer Next(RequestDelegate misbehaviour)
    {
        _misbehaviours.Enqueue(misbehaviour);
        return this;
    }

    /// <summary>Answers the next request with a status.</summary>
    public FileServer NextStatus(int status) => Next(context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    /// <summary>Breaks the connection of the next request after so many bytes.</summary>
    public FileServer NextCut(int after) => Next(async context =>
    {
        Describe(context, Content.Length);
        await context.Response.Body.WriteAsync(Content.AsMemory(0, after));
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var range = context.Request.Headers.Range.FirstOrDefault();
        Ranges.Add(range);
        if (_misbehaviours.TryDequeue(out var misbehaviour))
        {
            return misbehaviour(context);
        }
        var from = range is not null && context.Request.Headers.IfRange.FirstOrDefault() == ETag
            ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : 0;
        Describe(context, Content.Length - from);
        if (from > 0)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{Content.Length - 1}/{Content.Length}");
        }
        return context.Response.Body.WriteAsync(Content.AsMemory(from)).AsTask();
    }

    private void Describe(HttpContext context, int length)
    {
        context.Response.ContentLength = length;
        if (ETag is not null)
        {
            context.Response.Headers.ETag = ETag;
        }
    }
}
