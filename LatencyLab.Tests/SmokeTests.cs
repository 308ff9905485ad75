using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LatencyLab.Tests;

public class SmokeTests : BunitContext
{
    private sealed class Greeting : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, "<p>hi</p>");
    }

    [Fact]
    public void Renders() => Render<Greeting>().MarkupMatches("<p>hi</p>");
}
