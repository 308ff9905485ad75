using System.Text.RegularExpressions;
using LatencyLab.Inference.Measurement;
using LatencyLab.Web.Components.Charts;
using LatencyLab.Web.Components.Interop;
using Microsoft.JSInterop;

namespace LatencyLab.Tests.Components;

public class ScriptTests
{
    [Theory]
    [InlineData("upload.js", "attach")]
    [InlineData("webcam.js", "start")]
    [InlineData("webcam.js", "capture")]
    [InlineData("webcam.js", "stop")]
    [InlineData("timing.js", "measureRender")]
    [InlineData("address.js", "replace")]
    [InlineData("address.js", "copy")]
    [InlineData("chart.js", "create")]
    [InlineData("frontier.js", "create")]
    [InlineData("form.js", "attach")]
    [InlineData("claim-card.js", "open")]
    [InlineData("claim-card.js", "draw")]
    [InlineData("claim-card.js", "savePng")]
    [InlineData("claim-card.js", "copy")]
    [InlineData("curves.js", "create")]
    [InlineData("monitor.js", "attach")]
    public void Module_Function_IsExported(string module, string function) =>
        Assert.Matches($@"export (async )?function {function}\(", File.ReadAllText(Repository.PathOf($"wwwroot-assets/js/{module}")));

    [Fact]
    public void UploadScript_Calls_AreAnsweredByPictureSource()
    {
        var called = Regex.Matches(File.ReadAllText(Repository.PathOf("wwwroot-assets/js/upload.js")), @"tell\('(\w+)'").Select(match => match.Groups[1].Value).Distinct();

        var answered = typeof(Web.Components.Picture.PictureSource).GetMethods()
            .Where(method => method.IsDefined(typeof(JSInvokableAttribute), false)).Select(method => method.Name);

        Assert.Equal(called.Order(), answered.Order());
    }

    [Fact]
    public void FormScript_Calls_AreAnsweredByForms()
    {
        var called = Regex.Matches(File.ReadAllText(Repository.PathOf("wwwroot-assets/js/form.js")), @"tell\('(\w+)'").Select(match => match.Groups[1].Value).Distinct();

        var answered = typeof(Web.Components.Jobs.QuantizeForm).GetMethods()
            .Where(method => method.IsDefined(typeof(JSInvokableAttribute), true)).Select(method => method.Name);

        Assert.Equal(called.Order(), answered.Order());
    }

    [Fact]
    public void Stages_All_HaveOneColourInEachTheme()
    {
        var tokens = File.ReadAllText(Repository.PathOf("wwwroot-assets/css/tokens.css"));
        var swatches = File.ReadAllText(Repository.PathOf("wwwroot-assets/css/base.css"));

        Assert.All(Enum.GetValues<Stage>(), stage =>
        {
            Assert.Equal(2, Regex.Count(tokens, $@"--stage-{stage.Key()}: #[0-9a-f]{{6}};"));
            Assert.Contains($"var(--stage-{stage.Key()})", swatches, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task DisposeSafely_CircuitGone_IsQuiet() => await new LostReference().DisposeSafelyAsync(callDispose: true);

    private sealed class LostReference : IJSObjectReference
    {
        public ValueTask DisposeAsync() => throw new JSDisconnectedException("The circuit is gone.");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => throw new JSDisconnectedException("The circuit is gone.");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => throw new JSDisconnectedException("The circuit is gone.");
    }
}
