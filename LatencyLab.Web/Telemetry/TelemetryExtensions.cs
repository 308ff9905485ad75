namespace LatencyLab.Web.Telemetry;

/// <summary>Registers and maps telemetry.</summary>
internal static class TelemetryExtensions
{
    private const string RequestIdHeader = "X-Request-Id";

    /// <summary>Adds the Prometheus exporter and, where an endpoint is set, OTLP; log entries get the identifiers of their request's trace.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PrometheusExporter>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<PrometheusExporter>());
        if (builder.Configuration[OtlpExport.Endpoint] is { Length: > 0 })
        {
            builder.Services.AddHostedService<OtlpExport>();
        }
        builder.Logging.Configure(logging =>
            logging.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId | ActivityTrackingOptions.ParentId);
        builder.AddConsoleLog();
    }

    /// <summary>Names each answer's request as the log's scopes name it.</summary>
    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        context.Response.Headers[RequestIdHeader] = context.TraceIdentifier;
        return next(context);
    });

    /// <summary>Maps <c>/metrics</c>.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", (PrometheusExporter exporter) => Results.Text(exporter.Scrape(), PrometheusExporter.ContentType)).ExcludeFromDescription();
}
