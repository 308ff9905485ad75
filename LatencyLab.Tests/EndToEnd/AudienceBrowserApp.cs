using LatencyLab.Tests.Api;

namespace LatencyLab.Tests.EndToEnd;

/// <summary>The application with its audience door, and a browser.</summary>
public sealed class AudienceBrowserApp() : BrowserApp(new AudienceApp());
