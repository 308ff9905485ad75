using LatencyLab.Inference.Imaging;
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
    public Task WriteAsync(HttpContext context, string detail)
    {
        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(With(detail), options: null, contentType: "application/problem+json", context.RequestAborted);
    }
}

/// <summary>All refusals of the API (RFC 9457).</summary>
internal static class Problems
{
    public static readonly Problem BadOption = new(400, "bad-option", "An option is out of range");
    public static readonly Problem PictureMissing = new(400, "picture-missing", "The request has no picture");
    public static readonly Problem Antiforgery = new(400, "antiforgery", "The page is out of date");
    public static readonly Problem Unknown = new(404, "not-found", "There is nothing by this name");
    public static readonly Problem TooLarge = new(413, "image-too-large", "The picture's file is too large");
    public static readonly Problem UnsupportedFormat = new(415, "image-format-unsupported", "This is no supported picture");
    public static readonly Problem TooManyPixels = new(422, "image-too-many-pixels", "The picture has too many pixels");
    public static readonly Problem Corrupt = new(422, "image-corrupt", "The picture is damaged");
    public static readonly Problem Empty = new(422, "image-empty", "The picture's file is empty");
    public static readonly Problem RateLimited = new(429, "rate-limited", "Too many requests");
    public static readonly Problem Unexpected = new(500, "unexpected", "Something went wrong");
    public static readonly Problem QueueFull = new(503, "queue-full", "The classifier is busy");
    public static readonly Problem JobQueueFull = new(503, "job-queue-full", "Too many jobs are waiting");
    public static readonly Problem VariantPreparing = new(503, "variant-preparing", "The variant is not ready yet");
    public static readonly Problem VariantFailed = new(503, "variant-failed", "The variant cannot answer");

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
