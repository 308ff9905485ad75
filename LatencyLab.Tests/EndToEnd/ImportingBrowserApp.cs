using LatencyLab.Tests.Api;

namespace LatencyLab.Tests.EndToEnd;

/// <summary>The application of an operator who allows imports, and a browser.</summary>
public sealed class ImportingBrowserApp() : BrowserApp(new ImportingApp());
