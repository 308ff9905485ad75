using Bunit;
using LatencyLab.Web.Components.Pages;

namespace LatencyLab.Tests.Components;

/// <summary>What the tests of the model page's panels share.</summary>
public abstract class ModelPageTest : ComponentTest
{
    /// <summary>The page once it has read the facts and its forms can be sent, so that it does not draw itself anew between a test's look and its click.</summary>
    protected IRenderedComponent<ModelPage> RenderPage(string modelId = "cifar10_resnet9")
    {
        var page = Render<ModelPage>(parameters => parameters.Add(page => page.ModelId, modelId));
        page.WaitForElement(".chips, .facts [role=alert], .message-page");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("button[type=submit][disabled]")));
        // The element is seen while the page is still being drawn on another thread; this waits its turn behind that.
        page.InvokeAsync(() => { }).GetAwaiter().GetResult();
        return page;
    }
}
