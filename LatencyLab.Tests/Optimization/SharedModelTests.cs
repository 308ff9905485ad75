using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Imaging.Preprocessing;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Onnx;
using LatencyLab.Inference.Optimization.Quantization;
using LatencyLab.Inference.Optimization.Sensitivity;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Optimization;

/// <summary>Real classifiers on real photos.</summary>
public class SharedModelTests
{
    [SharedDataFact]
    public void MobileNetV2_QuantizedOnHalfOfThePhotos_FusesAndAgreesWithFloat()
    {
        var pictures = Pictures(sizePx: 224, shortSidePx: 256, count: 120);
        var path = SharedData.PathOf("models", "imagenet", "mobilenet_v2_1.0_224.onnx");

        var quantized = StaticQuantizer.Quantize(path, new TensorCalibrationSource([.. pictures.Where((_, i) => i % 2 == 0)], [3, 224, 224]));

        Assert.Empty(quantized.Report.LeftInFloat);
        Assert.Equal(
            ["Flatten", "Pad", "QGemm", "QLinearAdd", "QLinearConv", "QLinearGlobalAveragePool", "QuantizeLinear", "Transpose"],
            ModelRunner.FusedOperators(quantized.Model));
        var agreeing = Top1(OnnxModelFile.Load(path), pictures).Zip(Top1(quantized.Model, pictures)).Count(pair => pair.First == pair.Second);
        Assert.True(agreeing >= 0.97 * pictures.Length, $"{agreeing} of {pictures.Length} photos have the same first class");
    }

    [SharedDataFact]
    public void MobileNetV1_Quantized_FusesCompletely()
    {
        var source = new TensorCalibrationSource(Pictures(sizePx: 128, shortSidePx: 146, count: 8), [3, 128, 128]);

        var quantized = StaticQuantizer.Quantize(SharedData.PathOf("models", "imagenet", "mobilenet_v1_0.25_128.onnx"), source);

        Assert.Equal(
            ["Flatten", "QGemm", "QLinearConv", "QLinearGlobalAveragePool", "QuantizeLinear", "Transpose"], ModelRunner.FusedOperators(quantized.Model));
    }

    [SharedDataFact]
    public void MobileNetV1Quarter_WithTheFourMostSensitiveLayersInFloat_AgreesWithFloatOnPhotosItNeverSaw()
    {
        var pictures = Pictures(sizePx: 128, shortSidePx: 146, count: 120);
        var model = OnnxModelFile.Load(SharedData.PathOf("models", "imagenet", "mobilenet_v1_0.25_128.onnx"));
        for (var half = 0; half < 2; half++)
        {
            var calibration = new TensorCalibrationSource([.. pictures.Where((_, i) => i % 2 == half)], [3, 128, 128]);
            var worst = SensitivityAnalysis.Run("quarter", model, calibration, HeldPictures.Of(calibration)).Layers.Take(4).Select(layer => layer.Layer);

            var quantized = StaticQuantizer.Quantize(model, calibration, new QuantizationOptions { KeepInFloat = worst.ToHashSet() });

            var unseen = pictures.Where((_, i) => i % 2 != half).ToArray();
            var agreeing = Top1(model, unseen, 128).Zip(Top1(quantized.Model, unseen, 128)).Count(pair => pair.First == pair.Second);
            Assert.True(agreeing >= 0.95 * unseen.Length, $"{agreeing} of {unseen.Length} photos have the same first class");
        }
    }

    [SharedDataFact]
    public void PictureSource_FileThatIsNoPicture_IsNamed()
    {
        var source = new PictureCalibrationSource([SharedData.PathOf("images", "imagenet", "labels.csv")], Decoder(), Rule(128, 146));

        var refusal = Assert.Throws<CalibrationException>(() => source.Fill(0, new float[3 * 128 * 128]));
        Assert.Contains("labels.csv", refusal.Message, StringComparison.Ordinal);
    }

    private static float[][] Pictures(int sizePx, int shortSidePx, int count)
    {
        var files = Directory.GetFiles(SharedData.PathOf("images", "imagenet"), "*.jpg").Order(StringComparer.Ordinal).Take(count).ToArray();
        var source = new PictureCalibrationSource(files, Decoder(), Rule(sizePx, shortSidePx));
        var pictures = new float[files.Length][];
        for (var i = 0; i < files.Length; i++)
        {
            source.Fill(i, pictures[i] = new float[3 * sizePx * sizePx]);
        }

        return pictures;
    }

    private static VipsImageDecoder Decoder() => new(new ImageLimits());

    private static ImagePreprocessing Rule(int sizePx, int shortSidePx) => new()
    {
        WidthPx = sizePx, HeightPx = sizePx, Resize = ResizeMode.ShortSide, ShortSidePx = shortSidePx, Mean = [0.5f, 0.5f, 0.5f], Std = [0.5f, 0.5f, 0.5f],
    };

    private static int[] Top1(ModelProto model, float[][] pictures, int sizePx = 224)
    {
        using var session = new ModelSession(model);
        return [.. pictures.Select(picture => session.Run(picture, 3, sizePx, sizePx)).Select(logits => Array.IndexOf(logits, logits.Max()))];
    }
}
