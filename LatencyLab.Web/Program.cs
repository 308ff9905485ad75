using LatencyLab.Inference.Hosting;
using LatencyLab.Web.Api;
using LatencyLab.Web.Api.OpenInference;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components;
using LatencyLab.Web.Hosting;
using LatencyLab.Web.Security;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });

builder.Services.AddLatencyLabInference(builder.Configuration);
builder.Services.AddComparisons(builder.Configuration);
builder.Services.AddLatencyLabApi();
builder.Services.AddRequestLimits(builder.Configuration);
builder.AddLatencyLabComponents();
builder.Services.AddHostedService<ModelPreloader>();

var app = builder.Build();

app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseSecurityHeaders();
app.UseRateLimiter();
app.UseAntiforgery();

app.MapHealth();
app.MapLatencyLabApi();
app.MapOpenInference();
app.MapOpenApi();
app.MapLatencyLabComponents();

app.Run();

/// <summary>Entry point; public for tests that host the application.</summary>
public partial class Program;
