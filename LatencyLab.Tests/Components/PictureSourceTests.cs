using Bunit;
using LatencyLab.Web.Components.Controls;
using LatencyLab.Web.Components.Interop;
using LatencyLab.Web.Components.Picture;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Components;

public class PictureSourceTests : ComponentTest
{
    private static readonly UploadedPicture Uploaded = new("img/1", "<b>IMG</b>.jpg", "jpeg", 4032, 3024, 2_100_000, new string('a', 64));
    private PictureChoice? _chosen;

    private IRenderedComponent<PictureSource> RenderSource(PictureChoice? picture = null) => Render<PictureSource>(parameters => parameters
        .Add(source => source.Samples, Services.GetRequiredService<SampleCatalogue>().Samples)
        .Add(source => source.Picture, picture)
        .Add(source => source.OnPicture, choice => _chosen = choice));

    [Fact]
    public void Source_FirstRender_ListensOnZoneAndInput()
    {
        RenderSource();

        Assert.Equal(3, Uploads.VerifyInvoke("attach").Arguments.Count);
    }

    [Fact]
    public void FileInput_Always_TakesOnePictureAndIsLabelled()
    {
        var input = RenderSource().Find("label input[type=file]");

        Assert.False(input.HasAttribute("multiple"));
        Assert.Equal("image/jpeg,image/png,image/webp,image/gif", input.GetAttribute("accept"));
    }

    [Fact]
    public async Task Upload_UnderWay_ShowsProgressAndCanBeCancelled()
    {
        var source = RenderSource();

        await source.InvokeAsync(() => source.Instance.OnUploadStarted("<b>IMG</b>.jpg", 2_100_000));
        await source.InvokeAsync(() => source.Instance.OnUploadProgress(0.425));

        Assert.Contains("<b>IMG</b>.jpg 42.5 % of 2.10 MB", TextOf(source.Find(".uploading")), StringComparison.Ordinal);
        source.Find(".uploading button").Click();
        Uploader.VerifyInvoke("cancel");
        await source.InvokeAsync(source.Instance.OnUploadCancelled);
        Assert.Empty(source.FindAll(".uploading"));
    }

    [Fact]
    public async Task Upload_Completed_HandsThePictureOn()
    {
        var source = RenderSource();

        await source.InvokeAsync(() => source.Instance.OnUploadCompleted(Uploaded, 83.5));

        Assert.Equal("img/1", _chosen!.ImageId);
        Assert.Equal("api/images/img%2F1/preview", _chosen.PreviewUrl);
        Assert.Equal(83.5, _chosen.UploadMs);
    }

    [Fact]
    public async Task Upload_Refused_ShowsTheProblemUntilTheNextOne()
    {
        var source = RenderSource();

        await source.InvokeAsync(() => source.Instance.OnUploadFailed(new Problem("Not a picture", "Convert it to JPEG.")));

        Assert.Equal("Not a picture Convert it to JPEG. Dismiss", TextOf(source.Find("[role=alert]")));
        await source.InvokeAsync(() => source.Instance.OnUploadStarted("b.jpg", 10));
        Assert.Empty(source.FindAll("[role=alert]"));
    }

    [Fact]
    public void Picture_Chosen_IsShownWithItsFacts()
    {
        var source = RenderSource(PictureChoice.Of(Uploaded, 83.5));

        Assert.Equal("The chosen picture, <b>IMG</b>.jpg", source.Find("img.preview").GetAttribute("alt"));
        Assert.Equal("<b>IMG</b>.jpg 4032 × 3024 JPEG · 2.10 MB", TextOf(source.Find(".facts")));
    }

    [Fact]
    public void Sample_Chosen_NeedsNoUpload()
    {
        RenderSource().Find("button[title=Horse]").Click();

        Assert.Equal(("horse.jpg", "samples/horse.jpg", 0d), (_chosen!.ImageId, _chosen.PreviewUrl, _chosen.UploadMs));
    }

    [Fact]
    public void Samples_OneChosen_IsPressed()
    {
        var pressed = RenderSource(PictureChoice.Of(new Sample("cat.jpg", "Cat"))).FindAll(".sample[aria-pressed=true]");

        Assert.Equal("Cat", Assert.Single(pressed).QuerySelector("img")!.GetAttribute("alt"));
    }

    [Fact]
    public void Camera_Refused_SaysWhyAndCloses()
    {
        Webcam.Setup<CameraStart>("start", _ => true).SetResult(new CameraStart("No camera was found."));
        var source = RenderSource();

        source.FindAll("button").First(button => TextOf(button) == "Camera").Click();

        source.WaitForAssertion(() => Assert.Equal("No camera was found.", TextOf(source.Find(".camera [role=alert]"))));
        source.FindAll(".camera button").Single(button => TextOf(button) == "Close").Click();
        Assert.Empty(source.FindAll(".camera"));
    }

    [Fact]
    public void Camera_PictureTaken_IsSentAndCameraTurnedOff()
    {
        Webcam.Setup<CameraStart>("start", _ => true).SetResult(new CameraStart(null));
        Webcam.SetupVoid("stop", _ => true).SetVoidResult();
        Webcam.SetupModule("capture", _ => true).Mode = JSRuntimeMode.Loose;
        var source = RenderSource();

        source.FindAll("button").First(button => TextOf(button) == "Camera").Click();
        source.WaitForElement(".camera button:not([disabled])").Click();

        source.WaitForAssertion(() => Assert.Equal("camera.jpg", Uploader.VerifyInvoke("send").Arguments[1]));
        Webcam.VerifyInvoke("stop");
        Assert.Empty(source.FindAll(".camera"));
    }
}
