using System.Text.Json;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Requirements;
using Microsoft.Extensions.Logging.Abstractions;

namespace LatencyLab.Tests.Comparison;

/// <summary>MobileNetV2 against reference outputs that another program computed.</summary>
public class ReferenceModelTests
{
    private const string ModelId = "mobilenet_v2_1.0_224";

    [SharedDataFact]
    public async Task MobileNetV2_OnPhotosAndExactInputs_AgreesWithTheReference()
    {
        var cache = Directory.CreateTempSubdirectory("latencylab-cache-").FullName;
        var decoder = ImageDecoders.CreateDefault(new ImageLimits());
        var catalogue = new ModelCatalogue([SharedData.PathOf("models", "imagenet")]);
        await using var registry = new VariantRegistry(
            catalogue, DefaultVariants.All, new VariantLoader(decoder),
            new QuantizedModelCache(cache, SharedData.PathOf("images", "imagenet"), 60, decoder), NullLogger<VariantRegistry>.Instance);
        await registry.WaitAsync(ModelId, CancellationToken.None);
        var variants = registry.Entries(ModelId).Select(entry => entry.Variant!).ToArray();
        using var reference = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf("models", "imagenet", "reference.json")));
        var expected = reference.RootElement.GetProperty("images");

        AssertExactInputs(variants[..2], expected, decoder, catalogue[ModelId]);
        AssertPhotos(variants, expected);
        Directory.Delete(cache, recursive: true);
    }

    private static void AssertExactInputs(Variant[] floatVariants, JsonElement expected, IImageDecoder decoder, Model model)
    {
        foreach (var picture in Directory.GetFiles(SharedData.PathOf("models", "imagenet", "exact_input_224"), "*.png"))
        {
            var reference = expected.GetProperty(Path.GetFileNameWithoutExtension(picture) + ".jpg").GetProperty("models").GetProperty(ModelId);
            var classes = reference.GetProperty("top5").EnumerateArray().Select(index => index.GetInt32()).ToArray();
            var logits = reference.GetProperty("logits").EnumerateArray().Select(logit => logit.GetDouble()).ToArray();
            var tensor = new float[model.Preprocessing.TensorLength];
            var clock = new Inference.Measurement.StageClock();
            clock.Start();
            new ImagePreprocessor(decoder, model.Preprocessing).Process(File.ReadAllBytes(picture), tensor, clock);
            foreach (var variant in floatVariants)
            {
                var answer = new float[1000];
                variant.Infer(tensor, answer);
                Assert.All(classes.Zip(logits), pair => Assert.InRange(answer[pair.First], pair.Second - 0.001, pair.Second + 0.001));
                Assert.Equal(classes, variant.Classify(File.ReadAllBytes(picture)).Predictions.Select(prediction => prediction.ClassIndex));
            }
        }
    }

    private static void AssertPhotos(Variant[] variants, JsonElement expected)
    {
        int photos = 0, controlAsReference = 0, int8AsControl = 0;
        foreach (var photo in Directory.GetFiles(SharedData.PathOf("images", "imagenet"), "*.jpg"))
        {
            var encoded = File.ReadAllBytes(photo);
            var best = Array.ConvertAll(variants, variant => variant.Classify(encoded).Predictions[0].ClassIndex);
            var reference = expected.GetProperty(Path.GetFileName(photo)).GetProperty("models").GetProperty(ModelId).GetProperty("top5")[0].GetInt32();
            photos++;
            controlAsReference += best[0] == reference ? 1 : 0;
            int8AsControl += best[2] == best[0] ? 1 : 0;
            Assert.Equal(best[0], best[1]);
        }
        Assert.Equal(120, photos);
        Assert.InRange(controlAsReference, Math.Ceiling(0.97 * photos), photos);
        Assert.InRange(int8AsControl, Math.Ceiling(0.97 * photos), photos);
    }
}
