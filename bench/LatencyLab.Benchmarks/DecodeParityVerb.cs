using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Benchmarks;

/// <summary>Whether scaled decoding changes what a model answers: every photo of a folder is enlarged to 12 megapixels and goes both ways.</summary>
internal static class DecodeParityVerb
{
    public const string Summary = "photos/ [model]: same top-1 by scaled and by full decoding, every photo enlarged to 12 megapixels";

    public static int Run(string[] arguments)
    {
        if (arguments.Length == 0 || !Directory.Exists(arguments[0]))
        {
            Console.Error.WriteLine("decode-parity: name an existing folder of JPEG photos");
            return 2;
        }
        using var laboratory = new Setup();
        var modelId = arguments.Length > 1 ? arguments[1] : "cifar10_resnet9";
        var variant = laboratory.Load(modelId)[0].Variant!;
        var (full, scaled) = (Path(variant, laboratory, scaledDecoding: false), Path(variant, laboratory, scaledDecoding: true));
        var photos = Directory.GetFiles(arguments[0], "*.jpg").Order(StringComparer.Ordinal).ToArray();
        var same = 0;
        foreach (var photo in photos)
        {
            var large = LargePhoto.Enlarge(File.ReadAllBytes(photo));
            var (byFull, byScaled) = (Best(variant, full, large), Best(variant, scaled, large));
            same += byFull.ClassIndex == byScaled.ClassIndex ? 1 : 0;
            if (byFull.ClassIndex != byScaled.ClassIndex)
            {
                Console.WriteLine($"{System.IO.Path.GetFileName(photo)}: full {byFull.Label} {byFull.Probability:P1}, scaled {byScaled.Label} {byScaled.Probability:P1}");
            }
        }
        Console.WriteLine($"{modelId}: same top-1 on {same} of {photos.Length} photos of 12 megapixels");
        return same == photos.Length ? 0 : 1;
    }

    private static ImagePreprocessor Path(Variant variant, Setup laboratory, bool scaledDecoding) =>
        new(laboratory.Decoder, variant.Model.Preprocessing) { ScaledDecoding = scaledDecoding };

    private static Prediction Best(Variant variant, ImagePreprocessor preprocessor, byte[] photo)
    {
        var tensor = new float[variant.Model.Preprocessing.TensorLength];
        var logits = new float[variant.Model.Labels.Count];
        var clock = new StageClock();
        clock.Start();
        preprocessor.Process(photo, tensor, clock);
        variant.Infer(tensor, logits);
        return TopPredictions.Of(logits, variant.Model.Labels)[0];
    }
}
