using LatencyLab.Inference.Measurement;
using LatencyLab.Web.History;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LatencyLab.Web.Telemetry;

/// <summary>Sends metrics and traces by OTLP, as the standard settings <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> and <c>_PROTOCOL</c> say.</summary>
internal sealed class OtlpExport : IHostedService, IDisposable
{
    /// <summary>The setting that asks for it; an environment variable as well.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string ServiceName = "latencylab";

    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    public OtlpExport(IConfiguration configuration)
    {
        var resource = ResourceBuilder.CreateDefault().AddService(configuration["OTEL_SERVICE_NAME"] ?? ServiceName, serviceVersion: RunMachine.ThisVersion);
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(ClassificationTelemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime")
            .AddOtlpExporter(exporter => Configure(exporter, configuration, "metrics"))
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(ClassificationTelemetry.Name, "Microsoft.AspNetCore")
            .AddOtlpExporter(exporter => Configure(exporter, configuration, "traces"))
            .Build();
    }

    // Set here rather than left to the environment, so that a settings file does as well.
    private static void Configure(OtlpExporterOptions exporter, IConfiguration configuration, string signal)
    {
        var endpoint = configuration[Endpoint]!.TrimEnd('/');
        var overHttp = configuration[Protocol] == "http/protobuf";
        exporter.Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = new Uri(overHttp ? $"{endpoint}/v1/{signal}" : endpoint);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _metrics.ForceFlush();
        _traces.ForceFlush();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _traces.Dispose();
    }
}
