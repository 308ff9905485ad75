using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Live;
using LatencyLab.Web.Live;

namespace LatencyLab.Web.Api;

/// <summary><c>/api/live</c>: the live session as the page has it.</summary>
internal static class LiveEndpoints
{
    private const int PreviewSidePx = 720;

    public static void MapLive(this IEndpointRouteBuilder api)
    {
        api.MapGet("/live", (ILiveSession session) => LiveAnswer.Of(session))
            .WithSummary("The live session and its latest frame.");
        var steering = api.MapGroup("").AddEndpointFilter<PresenterOnly>().ProducesProblem(StatusCodes.Status403Forbidden);
        steering.MapPost("/live/start", StartAsync)
            .WithSummary("Starts a live run. Options: model, variants and images (comma-separated), rate in arrivals a second.")
            .Produces<LiveAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        steering.MapAct("/live/pause", "Holds the live run.", session => session.Pause());
        steering.MapAct("/live/resume", "Goes on with the live run.", session => session.Resume());
        steering.MapPost("/live/stop", async (HttpRequest request, BrowserForgery forgery, ILiveSession session) =>
            {
                await forgery.RefuseWithoutHeaderAsync(request);
                await session.StopAsync();
                return LiveAnswer.Of(session);
            })
            .WithSummary("Ends the live run.");
        steering.MapPost("/live/rate", async (HttpRequest request, BrowserForgery forgery, ILiveSession session) =>
            {
                await ReadAsync(request, forgery);
                session.SetRate(Rate(request) ?? throw new ApiException(Problems.BadOption, "`rate` is missing: say how many requests are to arrive a second."));
                return LiveAnswer.Of(session);
            })
            .WithSummary("Changes the rate, also of the run under way. Option: rate in arrivals a second.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/live/frames", (ILiveSession session, CancellationToken cancellationToken) =>
                TypedResults.ServerSentEvents(FramesAsync(session.Feed, cancellationToken)))
            .WithSummary("The frames from now on as server-sent events; a slow reader misses some.");
        api.MapGet("/live/picture", (ILiveSession session, IImageDecoder decoder) => Results.Bytes(ImagePreview.Create(
                decoder, session.Shown?.Encoded ?? throw new KeyNotFoundException("No picture is shown by itself."), PreviewSidePx), "image/jpeg"))
            .WithSummary("A small copy of the one picture that is sent instead of the chosen ones.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        steering.MapPost("/live/recording", async (HttpRequest request, BrowserForgery forgery, ILiveSession session) =>
            {
                await forgery.RefuseWithoutHeaderAsync(request);
                return session.StartRecording() ? LiveAnswer.Of(session) : throw new ApiException(Problems.NothingRuns, "There is no live run to record. Start one first.");
            })
            .WithSummary("Records the live run from now on.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        steering.MapAct("/live/recording/stop", "Ends the recording; it stays until the next.", session => session.StopRecording());
        api.MapGet("/live/recording", (ILiveSession session) => DownloadOf(session.Recording
                ?? throw new KeyNotFoundException("Nothing is recorded. Start a recording while a live run is under way.")))
            .WithSummary("The recording as a file that the Live page opens and replays.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void MapAct(this IEndpointRouteBuilder steering, string path, string summary, Action<ILiveSession> act) =>
        steering.MapPost(path, async (HttpRequest request, BrowserForgery forgery, ILiveSession session) =>
            {
                await forgery.RefuseWithoutHeaderAsync(request);
                act(session);
                return LiveAnswer.Of(session);
            })
            .WithSummary(summary);

    private static async Task<IResult> StartAsync(HttpRequest request, BrowserForgery forgery, ILiveSession session)
    {
        await ReadAsync(request, forgery);
        var settings = new LiveSettings
        {
            ModelId = PictureReader.Option(request, "model"),
            VariantIds = Words(request, "variants"),
            ImageIds = Words(request, "images") ?? [],
            RatePerSecond = Rate(request),
        };
        await session.StartAsync(settings, request.HttpContext.RequestAborted);
        return Results.Accepted("/api/live", LiveAnswer.Of(session));
    }

    private static async Task ReadAsync(HttpRequest request, BrowserForgery forgery)
    {
        await forgery.RefuseWithoutHeaderAsync(request);
        if (request.HasFormContentType)
        {
            await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
    }

    private static string[]? Words(HttpRequest request, string name) =>
        PictureReader.Option(request, name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static double? Rate(HttpRequest request)
    {
        var text = PictureReader.Option(request, "rate");
        if (text is null)
        {
            return null;
        }
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            && rate is >= LiveRunOptions.MinRatePerSecond and <= LiveRunOptions.MaxRatePerSecond
            ? rate
            : throw new ApiException(Problems.BadOption, FormattableString.Invariant(
                $"`rate` must be a number from {LiveRunOptions.MinRatePerSecond} to {LiveRunOptions.MaxRatePerSecond} arrivals a second, not `{text}`."));
    }

    private static async IAsyncEnumerable<SseItem<string>> FramesAsync(LiveFeed feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe();
        await foreach (var item in subscription.ReadAllAsync(cancellationToken))
        {
            // Written once for all who watch.
            yield return new SseItem<string>(item.Text, "frame");
        }
    }

    private static IResult DownloadOf(LiveRecording recording) => Results.Stream(
        stream => LiveRecordingFile.WriteAsync(stream, recording, CancellationToken.None), "application/json",
        recording.CreatedAt.ToString("'latencylab-live-'yyyyMMdd'-'HHmmss'.json'", CultureInfo.InvariantCulture));
}

/// <summary>What <c>/api/live</c> answers.</summary>
/// <param name="Status">The session.</param>
/// <param name="Latest">Its latest frame; absent before the first.</param>
internal sealed record LiveAnswer(LiveStatus Status, LiveFrame? Latest)
{
    public static LiveAnswer Of(ILiveSession session) => new(session.Status, session.Feed.Latest);
}
