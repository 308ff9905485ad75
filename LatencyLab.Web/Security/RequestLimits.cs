using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using LatencyLab.Inference.Hosting;
using LatencyLab.Web.Api;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Comparisons;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Security;

/// <summary>How much one request may carry, and how many a client may make.</summary>
internal static class RequestLimits
{
    /// <summary>Name of the rate limiting policy.</summary>
    public const string PerClient = "per-client";

    /// <summary>Name of the policy for photos from the audience.</summary>
    public const string Audience = "audience";

    /// <summary>What multipart framing and the other form values may add to the picture.</summary>
    private const long FormOverheadBytes = 64 * 1024;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Adds body size limits from <c>LatencyLab:ImageLimits</c> and the rate limit from <c>LatencyLab:Web</c>.</summary>
    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LatencyLabOptions>>((kestrel, options) =>
            kestrel.Limits.MaxRequestBodySize = options.Value.ImageLimits.MaxSizeBytes + FormOverheadBytes);
        services.AddOptions<FormOptions>().Configure<IOptions<LatencyLabOptions>>((form, options) =>
        {
            form.MultipartBodyLengthLimit = options.Value.ImageLimits.MaxSizeBytes + FormOverheadBytes;
            // Uploaded pictures stay in memory: nothing of them is ever written to disk.
            form.MemoryBufferThreshold = checked((int)Math.Min(int.MaxValue, options.Value.ImageLimits.MaxSizeBytes + FormOverheadBytes));
        });
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(PerClient, context => Partition(context, Option<WebLimits>(context).RequestsPerMinute));
            limiter.AddPolicy(Audience, context => Partition(context, Option<AudienceOptions>(context).PicturesPerMinute));
            limiter.OnRejected = static async (context, _) =>
            {
                var seconds = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter.TotalSeconds : 1;
                context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture);
                await Problems.RateLimited.WriteAsync(context.HttpContext, "Too many requests from your address. Wait a moment, then try again.");
            };
        });
        return services;
    }

    private static T Option<T>(HttpContext context)
        where T : class => context.RequestServices.GetRequiredService<IOptions<T>>().Value;

    private static RateLimitPartition<string> Partition(HttpContext context, int limit)
    {
        var address = context.Connection.RemoteIpAddress;
        if (limit == 0 || address is null || IPAddress.IsLoopback(address))
        {
            return RateLimitPartition.GetNoLimiter("exempt");
        }
        return RateLimitPartition.GetSlidingWindowLimiter(address.ToString(), _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = limit,
            Window = Window,
            SegmentsPerWindow = 6,
        });
    }
}
