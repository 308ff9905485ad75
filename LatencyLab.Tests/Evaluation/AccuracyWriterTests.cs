using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using LatencyLab.Tests.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LatencyLab.Tests.Evaluation;

public sealed class AccuracyWriterTests : IAsyncDisposable
{
    private static readonly IImageDecoder Decoder = ImageDecoders.CreateDefault(new ImageLimits());
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-evidence-").FullName;
    private readonly List<VariantRegistry> _registries = [];

    private string Models => Path.Combine(_folder, "models");

    private MadeVariants Made => new(Path.Combine(_folder, "cache"));

    public async ValueTask DisposeAsync()
    {
        foreach (var registry in _registries)
        {
            await registry.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task AModelOfOnesOwn_Evaluated_StatesOfEachFileWhatWasMeasured()
    {
        var model = CopiedModel.Create(Models, "mine", CopiedModel.WithoutAccuracy);

        var (result, written) = await EvaluateAsync(model);

        Assert.Equal(["control", "int8"], written.Select(one => one.VariantId));
        Assert.All(written, one => Assert.Equal(("val", model.CardPath), (one.DataSet, one.Path)));
        var stated = MeasuredAccuracy.Of(ModelCardReader.Read(model.CardPath).Card);
        Assert.Equal(["fp32", VariantRegistry.ShippedPrecision(Precisions.Int8)], stated.Select(accuracy => accuracy.Precision));
        Assert.Equal(
            result.Variants.Select(variant => new MeasuredAccuracy("val", "", variant.Top1, variant.Top5, 8, Decoder.Name, CpuCapabilities.Current.Int8Name)),
            stated.Select(accuracy => accuracy with { Precision = "" }));
    }

    [Fact]
    public async Task TwoVariants_OfOneFile_StateTheFirstOnesAccuracy()
    {
        var model = CopiedModel.Create(Models, "mine", CopiedModel.WithoutAccuracy);

        var (_, written) = await EvaluateAsync(model, DefaultVariants.All[0], DefaultVariants.All[0] with { Id = "again" });

        Assert.Equal("control", Assert.Single(written).VariantId);
    }

    [Fact]
    public async Task AVariantThatWasMade_Evaluated_HasItsAccuracyInTheIndex()
    {
        var model = CopiedModel.Create(Models, "mine", CopiedModel.WithoutAccuracy);
        Directory.CreateDirectory(Made.Folder);
        File.Copy(model.FileOf(Precisions.Int8SevenBit)!.Path, Path.Combine(Made.Folder, "made.onnx"));
        Made.Add(new MadeVariant
        {
            ModelId = "mine",
            ModelSha256 = model.Card.Sha256!,
            Options = new VariantOptions { Id = "int8-mse", Title = "INT8 mse", Precision = Precisions.Int8 },
            File = "made.onnx",
            Sha256 = model.FileOf(Precisions.Int8SevenBit)!.Sha256!,
            MadeAt = DateTimeOffset.UnixEpoch,
        });

        var (result, written) = await EvaluateAsync(model, DefaultVariants.All[0]);

        Assert.Equal(("int8-mse", Made.IndexPath), (written[1].VariantId, written[1].Path));
        var entry = Assert.Single(Made.Of(model));
        Assert.Equal(result.Variants[1].Top1, entry.Accuracy!.Value.GetProperty("val").GetProperty("top1").GetDouble());
        Assert.DoesNotContain(MeasuredAccuracy.Of(ModelCardReader.Read(model.CardPath).Card), accuracy => accuracy.Precision != Precisions.Fp32);
    }

    [Fact]
    public async Task AnInt8FileMadeOnDemand_Evaluated_GetsACardBesideIt()
    {
        var model = CopiedModel.Create(Models, "mine", card => CopiedModel.WithoutAccuracy(card) with { Variants = new Dictionary<string, ModelFileCard>() });

        var (result, written) = await EvaluateAsync(model, DefaultVariants.All[0], DefaultVariants.All[2]);

        var made = new ModelFile(Assert.Single(Directory.GetFiles(Made.Folder, "*.onnx")), null);
        Assert.Equal(FileCard.PathOf(made), written[1].Path);
        Assert.Equal(result.Variants[1].Top1, FileCard.Read(made)!.Accuracy!.Value.GetProperty("val").GetProperty("top1").GetDouble());
    }

    [Fact]
    public async Task ACard_ThatIsReadOnly_IsRefusedByNameBeforeAnythingRuns()
    {
        var model = CopiedModel.Create(Models, "mine", card => card);
        var variants = await LoadAsync(model, DefaultVariants.All[0]);
        File.SetAttributes(model.CardPath, FileAttributes.ReadOnly);

        var refusal = Assert.Throws<InvalidModelException>(() => new AccuracyWriter(Made).RefuseUnlessWritable(variants));

        Assert.Contains($"{model.CardPath} is read-only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACard_OfOtherWeightsByNow_IsRefused()
    {
        var model = CopiedModel.Create(Models, "mine", CopiedModel.WithoutAccuracy);
        var variants = await LoadAsync(model, DefaultVariants.All[0]);
        var result = await EvaluateAsync(model, variants);
        ModelCardWriter.Write(model.Card with { Sha256 = new string('0', 64) }, model.CardPath);

        Assert.Contains("another file", Assert.Throws<InvalidModelException>(() => new AccuracyWriter(Made).Write(result, variants, "val")).Message, StringComparison.Ordinal);
        Assert.Empty(MeasuredAccuracy.Of(ModelCardReader.Read(model.CardPath).Card));
    }

    [Fact]
    public async Task FurtherFiles_OfACard_AreThoseThatNoVariantRunsAndThatAreExactHere()
    {
        var model = CopiedModel.Create(Models, "mine", card => card);
        var variants = await LoadAsync(model, DefaultVariants.All[0], DefaultVariants.All[2]);

        var further = await new FurtherFiles(new VariantLoader(Decoder)).LoadAsync(model, variants, CancellationToken.None);

        string[] expected = CpuCapabilities.Current.NeedsSevenBitWeights ? [] : [Precisions.Int8SevenBit];
        Assert.Equal(expected, further.Select(variant => variant.Options.Id));
        Assert.All(further, variant => Assert.Equal(model.FileOf(Precisions.Int8SevenBit), variant.File));
        foreach (var variant in further)
        {
            variant.Dispose();
        }
    }

    private async Task<(EvaluationResult Result, IReadOnlyList<WrittenAccuracy> Written)> EvaluateAsync(Model model, params VariantOptions[] options)
    {
        var variants = await LoadAsync(model, options.Length > 0 ? options : [DefaultVariants.All[0], DefaultVariants.All[2]]);
        var writer = new AccuracyWriter(Made);
        writer.RefuseUnlessWritable(variants);
        var result = await EvaluateAsync(model, variants);
        return (result, writer.Write(result, variants, "val"));
    }

    private async Task<EvaluationResult> EvaluateAsync(Model model, IReadOnlyList<Variant> variants)
    {
        var folder = LabelledSamples.CopyTo(Path.Combine(_folder, "val"));
        return await Evaluator.RunAsync("val", LabelledPictures.Find(folder, model), variants, Decoder, EvaluationPace.Full, progress: null, CancellationToken.None);
    }

    private async Task<IReadOnlyList<Variant>> LoadAsync(Model model, params VariantOptions[] options)
    {
        var registry = new VariantRegistry(
            new ModelCatalogue([Models]), options, new VariantLoader(Decoder), new QuantizedModelCache(Made.Folder, SamplePicture.Folder, 2, Decoder),
            NullLogger<VariantRegistry>.Instance, Made);
        _registries.Add(registry);
        await registry.WaitAsync(model.Id, CancellationToken.None);
        return [.. registry.Entries(model.Id).Select(entry => entry.Variant!)];
    }
}
