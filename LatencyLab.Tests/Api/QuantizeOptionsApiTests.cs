using System.Text.Json;
using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace LatencyLab.Tests.Api;

public class QuantizeOptionsApiTests(JobsApiTests.QuantizingApp app) : JobsApiTest(app), IClassFixture<JobsApiTests.QuantizingApp>
{
    private const string Model = "/api/models/cifar10_resnet9";
    private const string FirstLayer = "/features/features.0/features.0.0/Conv";

    [Fact]
    public async Task Quantize_KeepingLayersInFloat_ReportsThemAndNamesTheVariantAfterThem()
    {
        var layers = (await ResultOfAsync("/sensitivity?method=min-max&equalize=true&pictures=2")).GetProperty("layers");
        var (first, second) = (layers[0].GetProperty("layer").GetString()!, layers[1].GetProperty("layer").GetString()!);

        var result = await ResultOfAsync($"/quantize?keepInFloat={Uri.EscapeDataString($"{first},{second}")}&pictures=2");

        Assert.Equal(2, result.GetProperty("calibrationPictures").GetInt32());
        Assert.Equal("INT8 mse, 2 in float", result.GetProperty("title").GetString());
        var left = result.GetProperty("leftInFloat").EnumerateArray().Select(layer => layer.GetProperty("name").GetString()).ToArray();
        Assert.Contains(first, left);
        Assert.Contains(second, left);
        Assert.Contains(first, MadeOf(result).Options.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quantize_ToSignedActivations_WritesSignedZeroPointsOnly()
    {
        var result = await ResultOfAsync("/quantize?activations=s8&sevenBit=true&pictures=1");

        Assert.Contains("s8", result.GetProperty("title").GetString(), StringComparison.Ordinal);
        var graph = OnnxModelFile.Load(PathOf(result)).Graph;
        Assert.DoesNotContain(graph.Initializer, tensor => tensor.DataType == (int)TensorProto.Types.DataType.Uint8);
        var weights = graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Int8 && tensor.Dims.Count == 4);
        Assert.All(weights, tensor => Assert.All(tensor.RawData.ToArray(), value => Assert.InRange((sbyte)value, -64, 64)));
    }

    [Fact]
    public async Task Quantize_TheSameTwice_MakesTwoVariantsThatAreToldApart()
    {
        var first = await ResultOfAsync("/quantize?method=percentile:99.5&equalize=true&pictures=1");
        var second = await ResultOfAsync("/quantize?method=percentile:99.5&equalize=true&pictures=1");

        Assert.Equal("INT8 percentile:99.5, equalized", first.GetProperty("title").GetString());
        Assert.Equal("INT8 percentile:99.5, equalized (2)", second.GetProperty("title").GetString());
        Assert.NotEqual(first.GetProperty("variantId").GetString(), second.GetProperty("variantId").GetString());
        Assert.NotEqual(PathOf(first), PathOf(second));
    }

    [Fact]
    public async Task Quantize_OnTheConfiguredPictures_AgreesAsTheEvaluationSays()
    {
        var result = await ResultOfAsync("/quantize?method=entropy");

        // The folder's pictures are sampled evenly.
        string[] pictures = [.. Directory.GetFiles(SamplePicture.Folder, "*.jpg").Order(StringComparer.Ordinal).Where((_, index) => index % 2 == 0)];
        var expected = AgreementEvaluator.Run(
            EmbeddedZoo.Default, EmbeddedZoo.Default.File, new(PathOf(result), null), "int8", pictures, App.Services.GetRequiredService<IImageDecoder>(), null, default);
        Assert.Equal(expected.Pictures, result.GetProperty("comparedPictures").GetInt32());
        Assert.Equal(expected.Share, result.GetProperty("agreement").GetDouble());
        Assert.Equal(expected.TopLogitMedianError, result.GetProperty("topLogitMedianError").GetDouble(), 1e-3);
        Assert.Equal(expected.TopLogitMaxError, result.GetProperty("topLogitMaxError").GetDouble(), 1e-3);
        Assert.True(expected.TopLogitMaxError > 0);
    }

    [Theory]
    [InlineData("/quantize?precision=fp16&method=mse", "`method` is for `precision` int8")]
    [InlineData("/quantize?maxDrop=1&keepInFloat=conv", "Give one of the two")]
    [InlineData("/quantize?keepInFloat=nowhere", "There is no layer `nowhere` to keep in float")]
    [InlineData("/quantize?activations=u4", "u8 or s8, not `u4`")]
    [InlineData("/quantize?pictures=0", "`pictures` must be 1 or more, not 0")]
    [InlineData("/quantize?pictures=many", "`pictures` must be a whole number")]
    [InlineData("/quantize?equalize=perhaps", "`equalize` must be true or false")]
    [InlineData("/sensitivity?method=guess", "There is no calibration method `guess`")]
    [InlineData("/sensitivity?pictures=1", "two or more")]
    public async Task AnOption_ThatMakesNoSense_IsRefusedBeforeAnyWork(string path, string expected) =>
        await AssertProblemAsync(await Client.PostAsync(Model + path, null), 400, "bad-option", expected);

    [Fact]
    public async Task Form_FieldSentSeveralTimes_IsAListOfNames()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(""), "keepInFloat" }, { new StringContent(FirstLayer), "keepInFloat" }, { new StringContent("nowhere"), "keepInFloat" },
        };

        await AssertProblemAsync(await Client.PostAsync(Model + "/quantize", form), 400, "bad-option", "`nowhere`");
    }

    [Fact]
    public async Task Prune_WithRoundMinimumAndSkip_HoldsThem()
    {
        var result = await ResultOfAsync($"/prune?keep=0.5&round=6&minimum=24&skip=/classifier/Gemm,{FirstLayer}");

        var layers = result.GetProperty("report").GetProperty("layers").EnumerateArray().ToArray();
        Assert.All(layers, layer => Assert.True(layer.GetProperty("channelsAfter").GetInt32() >= Math.Min(24, layer.GetProperty("channelsBefore").GetInt32())));
        var cut = layers.Where(layer => layer.GetProperty("channelsAfter").GetInt32() < layer.GetProperty("channelsBefore").GetInt32()).ToArray();
        Assert.NotEmpty(cut);
        Assert.DoesNotContain(cut, layer => layer.GetProperty("name").GetString() == FirstLayer);
        Assert.All(cut, layer => Assert.Equal(0, layer.GetProperty("channelsAfter").GetInt32() % 6));
        Assert.Contains("-round6-minimum24-skip2-", result.GetProperty("file").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prune_WithAnUnknownLayerToSkip_IsRefusedBeforeAnyWork() =>
        await AssertProblemAsync(await Client.PostAsync($"{Model}/prune?keep=0.5&skip={FirstLayer},nowhere", null), 400, "bad-option", "'nowhere'");

    private async Task<JsonElement> ResultOfAsync(string path)
    {
        var answer = await Client.PostAsync(Model + path, null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var job = await EndOfAsync(answer.Headers.Location!);
        Assert.True(job.GetProperty("state").GetString() == "done", job.ToString());
        return job.GetProperty("result");
    }

    private MadeVariant MadeOf(JsonElement result) =>
        App.Services.GetRequiredService<MadeVariants>().Of(EmbeddedZoo.Default).Single(made => made.Options.Id == result.GetProperty("variantId").GetString());

    private string PathOf(JsonElement result) => App.Services.GetRequiredService<MadeVariants>().FileOf(MadeOf(result)).Path;
}
