using System.Text.Json;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace LatencyLab.Web.Api;

/// <summary>A kind of refusal: its status, and the stable name that goes into the problem's <c>type</c>.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Stable name for programs.</param>
/// <param name="Title">Short name for people.</param>
internal sealed record Problem(int Status, string Type, string Title)
{
    /// <summary>The problem with what happened this time.</summary>
    public ProblemDetails With(string detail) => new() { Status = Status, Type = Type, Title = Title, Detail = detail };

    /// <summary>Writes it as the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="detail">What happened this time, for people.</param>
    /// <param name="reason">A closer reason for programs, where there is one.</param>
    public Task WriteAsync(HttpContext context, string detail, string? reason = null)
    {
        context.Response.StatusCode = Status;
        var problem = With(detail);
        if (reason is not null)
        {
            problem.Extensions["reason"] = JsonNamingPolicy.CamelCase.ConvertName(reason);
        }
        return context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", context.RequestAborted);
    }
}

/// <summary>All refusals of the API (RFC 9457).</summary>
internal static class Problems
{
    public static readonly Problem BadOption = new(400, "bad-option", "An option is out of range");
    public static readonly Problem PictureMissing = new(400, "picture-missing", "The request has no picture");
    public static readonly Problem DataMissing = new(400, "data-missing", "The request has no labelled pictures");
    public static readonly Problem ModelMissing = new(400, "model-missing", "The request has no model");
    public static readonly Problem Antiforgery = new(400, "antiforgery", "The page is out of date");
    public static readonly Problem ModelImportDisabled = new(403, "model-import-disabled", "Models cannot be imported or removed here");
    public static readonly Problem CardWritingDisabled = new(403, "card-writing-disabled", "Model cards cannot be changed here");
    public static readonly Problem ModelStays = new(403, "model-not-imported", "The model was not imported here");
    public static readonly Problem Unknown = new(404, "not-found", "There is nothing by this name");
    public static readonly Problem AudienceOff = new(404, "audience-off", "Photos cannot be sent here");
    public static readonly Problem AudienceCode = new(403, "audience-code", "The invitation is not valid");
    public static readonly Problem AudienceFull = new(503, "audience-full", "Too many photos are waiting");
    public static readonly Problem PresenterOnly = new(403, "presenter-only", "Only the presenter steers the run");
    public static readonly Problem ModelExists = new(409, "model-exists", "There is a model by this name already");
    public static readonly Problem ModelInUse = new(409, "model-in-use", "The model is in use");
    public static readonly Problem ModelTooLarge = new(413, "model-too-large", "The model's file is too large");
    public static readonly Problem DataTooLarge = new(413, "data-too-large", "The archive is too large");
    public static readonly Problem DataRefused = new(422, "data-refused", "The pictures cannot be evaluated");
    public static readonly Problem ModelRefused = new(422, "model-refused", "The model cannot be used");
    public static readonly Problem TooLarge = new(413, "image-too-large", "The picture's file is too large");
    public static readonly Problem UnsupportedFormat = new(415, "image-format-unsupported", "This is no supported picture");
    public static readonly Problem TooManyPixels = new(422, "image-too-many-pixels", "The picture has too many pixels");
    public static readonly Problem Corrupt = new(422, "image-corrupt", "The picture is damaged");
    public static readonly Problem Empty = new(422, "image-empty", "The picture's file is empty");
    public static readonly Problem RateLimited = new(429, "rate-limited", "Too many requests");
    public static readonly Problem HistoryReadOnly = new(403, "history-read-only", "The history cannot be changed here");
    public static readonly Problem RunRunning = new(409, "run-running", "The run is being measured");
    public static readonly Problem NothingRuns = new(409, "nothing-runs", "Nothing is running");
    public static readonly Problem LoadSourceTaken = new(409, "load-source-taken", "Another load is being measured");
    public static readonly Problem ImportTooLarge = new(413, "import-too-large", "The file is too large");
    public static readonly Problem ImportRefused = new(422, "import-refused", "The file cannot be imported");
    public static readonly Problem HistoryUnavailable = new(503, "history-unavailable", "The history does not answer");
    public static readonly Problem Unexpected = new(500, "unexpected", "Something went wrong");
    public static readonly Problem QueueFull = new(503, "queue-full", "The classifier is busy");
    public static readonly Problem JobQueueFull = new(503, "job-queue-full", "Too many jobs are waiting");
    public static readonly Problem VariantPreparing = new(503, "variant-preparing", "The variant is not ready yet");
    public static readonly Problem VariantFailed = new(503, "variant-failed", "The variant cannot answer");

    /// <summary>The refusal of a model.</summary>
    public static Problem Of(ImportRefusal reason) => reason switch
    {
        ImportRefusal.IdTaken => ModelExists,
        ImportRefusal.TooLarge => ModelTooLarge,
        ImportRefusal.BadId or ImportRefusal.Preprocessing => BadOption,
        _ => ModelRefused,
    };

    /// <summary>The refusal to remove a model.</summary>
    public static Problem Of(RemovalRefusal reason) => reason == RemovalRefusal.NotImported ? ModelStays : ModelInUse;

    /// <summary>The refusal of a picture.</summary>
    public static Problem Of(ImageRejection reason) => reason switch
    {
        ImageRejection.TooLarge => TooLarge,
        ImageRejection.UnsupportedFormat => UnsupportedFormat,
        ImageRejection.TooManyPixels => TooManyPixels,
        ImageRejection.Empty => Empty,
        _ => Corrupt,
    };
}
