using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using LatencyLab.Inference.Comparison.Claims;
using LatencyLab.Inference.Measurement.Hardware;
using LatencyLab.Inference.Models;
using LatencyLab.Tests.Measurement.Hardware;
using LatencyLab.Web.Comparisons;
using LatencyLab.Web.Components.Picture;
using LatencyLab.Web.Profiles;
using LatencyLab.Web.Zoo;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace LatencyLab.Tests.Components;

/// <summary>
/// What component tests share: the services and scripts that components expect, and a German server. Its decimal comma must reach
/// neither people, whose page is English, nor CSS.
/// </summary>
public abstract class ComponentTest : BunitContext
{
    protected ComponentTest()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        DefaultWaitTimeout = TimeSpan.FromSeconds(10);
        Services.AddSingleton<IComparisonService>(Service);
        Services.AddSingleton<IZooService>(Zoo);
        Services.AddSingleton<IProfileService>(Profiles);
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(_ => new HardwareFeed(() => new FixedSource().Monitor()));
        Services.AddSingleton<IWebHostEnvironment>(new AssetsEnvironment());
        Services.AddSingleton<SampleCatalogue>();
        Services.AddSingleton(new ClaimMaker(new ClaimAccuracy(new ModelCatalogue([]), [])));

        Uploads = JSInterop.SetupModule("./js/upload.js");
        Uploader = Uploads.SetupModule("attach", _ => true);
        Uploader.Mode = JSRuntimeMode.Loose;
        Webcam = JSInterop.SetupModule("./js/webcam.js");
        Address = JSInterop.SetupModule("./js/address.js");
        Address.SetupVoid("replace", _ => true).SetVoidResult();
        Timing = JSInterop.SetupModule("./js/timing.js");
        Timing.Setup<double>("measureRender", _ => true).SetResult(21.4);
        Charts = JSInterop.SetupModule("./js/chart.js");
        Chart = Charts.SetupModule("create", _ => true);
        Chart.Mode = JSRuntimeMode.Loose;
        FrontierCharts = JSInterop.SetupModule("./js/frontier.js");
        FrontierChart = FrontierCharts.SetupModule("create", _ => true);
        FrontierChart.Mode = JSRuntimeMode.Loose;
        Claims = JSInterop.SetupModule("./js/claim-card.js");
        Claims.Mode = JSRuntimeMode.Loose;
        Claims.Setup<string>("open", _ => true).SetResult("dark");
        CurveCharts = JSInterop.SetupModule("./js/curves.js");
        CurveChart = CurveCharts.SetupModule("create", _ => true);
        CurveChart.Mode = JSRuntimeMode.Loose;
        MonitorScript = JSInterop.SetupModule("./js/monitor.js").SetupModule("attach", _ => true);
        MonitorScript.Mode = JSRuntimeMode.Loose;
        Forms = JSInterop.SetupModule("./js/form.js");
        Forms.SetupModule("attach", _ => true).Mode = JSRuntimeMode.Loose;
    }

    internal FakeComparisonService Service { get; } = new();

    internal FakeZooService Zoo { get; } = new();

    internal FakeProfileService Profiles { get; } = new();

    protected BunitJSModuleInterop Uploads { get; }

    protected BunitJSModuleInterop Uploader { get; }

    protected BunitJSModuleInterop Webcam { get; }

    protected BunitJSModuleInterop Address { get; }

    protected BunitJSModuleInterop Timing { get; }

    protected BunitJSModuleInterop Charts { get; }

    protected BunitJSModuleInterop Chart { get; }

    protected BunitJSModuleInterop FrontierCharts { get; }

    protected BunitJSModuleInterop FrontierChart { get; }

    protected BunitJSModuleInterop Claims { get; }

    protected BunitJSModuleInterop CurveCharts { get; }

    protected BunitJSModuleInterop CurveChart { get; }

    protected BunitJSModuleInterop MonitorScript { get; }

    protected BunitJSModuleInterop Forms { get; }

    /// <summary>What a person reads in an element: a gap at each element's ends, white space collapsed, thin spaces as spaces.</summary>
    protected static string TextOf(INode element) => string.Join(' ', RawText(element).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string RawText(INode node) => node is IText text
        ? text.Data
        : $" {string.Concat(node.ChildNodes.Select(RawText))} ";

    private sealed class AssetsEnvironment : IWebHostEnvironment
    {
        public string WebRootPath { get; set; } = Repository.PathOf("wwwroot-assets");

        public IFileProvider WebRootFileProvider { get; set; } = new PhysicalFileProvider(Repository.PathOf("wwwroot-assets"));

        public string ApplicationName { get; set; } = "LatencyLab.Web";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public string EnvironmentName { get; set; } = "Test";
    }
}
