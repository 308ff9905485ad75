using LatencyLab.Inference.Hosting;
using LatencyLab.Web.Api;
using LatencyLab.Web.Api.OpenInference;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components;
using LatencyLab.Web.History;
using LatencyLab.Web.Hosting;
using LatencyLab.Web.Live;
using LatencyLab.Web.Loads;
using LatencyLab.Web.Profiles;
using LatencyLab.Web.Security;
using LatencyLab.Web.Telemetry;
using LatencyLab.Web.Zoo;

if (args.Contains(HealthProbe.Argument))
{
    return await HealthProbe.RunAsync();
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });

builder.Services.AddLatencyLabInference(builder.Configuration);
builder.Services.AddHistory(builder.Configuration);
builder.Services.AddComparisons(builder.Configuration);
builder.Services.AddZoo();
builder.Services.AddProfiles();
builder.Services.AddAudience(builder.Configuration);
builder.Services.AddLoads(builder.Configuration);
builder.Services.AddLive(builder.Configuration);
builder.Services.AddLatencyLabApi();
builder.Services.AddRequestLimits(builder.Configuration);
builder.AddLatencyLabComponents();
builder.AddTelemetry();
builder.Services.AddHostedService<ModelPreloader>();

var app = builder.Build();

app.UseRequestIds();
app.UseSecurityHeaders();
app.UseErrorPages();
app.UsePresenter();
app.UseRateLimiter();
app.UseAntiforgery();

app.MapHealth();
app.MapMetrics();
app.MapLatencyLabApi();
app.MapOpenInference();
app.MapOpenApi();
app.MapLatencyLabComponents();

await app.RunAsync();
return 0;

/// <summary>Entry point; public for tests that host the application.</summary>
public partial class Program;
