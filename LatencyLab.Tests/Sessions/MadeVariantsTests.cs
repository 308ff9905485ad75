using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace LatencyLab.Tests.Sessions;

public sealed class MadeVariantsTests(LoadedZoo zoo) : IClassFixture<LoadedZoo>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("latencylab-made-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AVariant_Added_AnswersAtOnceAndAfterARestart()
    {
        var made = new MadeVariants(_folder);
        await using var registry = RegistryWith(made);
        Assert.DoesNotContain("int8-entropy", registry.StatusOf("cifar10_resnet9").Select(status => status.Id));

        made.Add(Variant());
        await registry.WaitAsync("cifar10_resnet9", CancellationToken.None);
        await using var restarted = RegistryWith(new MadeVariants(_folder));
        await restarted.WaitAsync("cifar10_resnet9", CancellationToken.None);

        foreach (var after in new[] { registry, restarted })
        {
            var status = after.StatusOf("cifar10_resnet9")[^1];
            Assert.Equal(("int8-entropy", "INT8 entropy", VariantState.Ready), (status.Id, status.Title, status.State));
            Assert.Equal("ship", after.Entries("cifar10_resnet9", ["int8-entropy"])[0].Variant!.Classify(SamplePicture.Read("ship.jpg")).Predictions[0].Label);
        }
    }

    [Fact]
    public async Task AVariant_Removed_IsGoneWithItsFileAndItsUserFinishes()
    {
        var made = new MadeVariants(_folder);
        made.Add(Variant());
        await using var registry = RegistryWith(made);
        await registry.WaitAsync("cifar10_resnet9", CancellationToken.None);
        var used = registry.Entries("cifar10_resnet9", ["int8-entropy"])[0].Variant!;

        registry.RemoveMade("cifar10_resnet9", "int8-entropy");

        Assert.DoesNotContain("int8-entropy", registry.StatusOf("cifar10_resnet9").Select(status => status.Id));
        Assert.Empty(Directory.GetFiles(_folder, "*.onnx"));
        Assert.Empty(new MadeVariants(_folder).Of(EmbeddedZoo.Default));
        Assert.Equal("ship", used.Classify(SamplePicture.Read("ship.jpg")).Predictions[0].Label);
        Assert.Contains("No variant", Assert.Throws<KeyNotFoundException>(() => registry.RemoveMade("cifar10_resnet9", "int8-entropy")).Message, StringComparison.Ordinal);
        Assert.Contains("configured", Assert.Throws<KeyNotFoundException>(() => registry.RemoveMade("cifar10_resnet9", "control")).Message, StringComparison.Ordinal);
        used.Dispose();
    }

    [Fact]
    public async Task AVariant_OfAnotherModelFile_IsNotOffered()
    {
        var made = new MadeVariants(_folder);
        made.Add(Variant() with { ModelSha256 = new string('0', 64) });
        await using var registry = RegistryWith(made);

        Assert.DoesNotContain("int8-entropy", registry.StatusOf("cifar10_resnet9").Select(status => status.Id));
    }

    [Fact]
    public async Task AVariant_WhoseFileWasTamperedWith_FailsWithoutBeingLoaded()
    {
        var made = new MadeVariants(_folder);
        made.Add(Variant());
        await File.AppendAllTextAsync(Path.Combine(_folder, "made.onnx"), "x");
        await using var registry = RegistryWith(made);

        await registry.WaitAsync("cifar10_resnet9", CancellationToken.None);

        var status = registry.StatusOf("cifar10_resnet9")[^1];
        Assert.Equal(VariantState.Failed, status.State);
        Assert.Contains("SHA-256", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnIndex_ThatIsDamaged_IsReportedAndNothingIsOffered()
    {
        File.WriteAllText(Path.Combine(_folder, "variants.json"), "{ this is no index");

        var made = new MadeVariants(_folder);

        Assert.Contains("variants.json", made.Problem, StringComparison.Ordinal);
        Assert.Empty(made.Of(EmbeddedZoo.Default));
    }

    [Fact]
    public void AnAccuracy_Entered_IsKeptWithTheVariantAndSeenByAProgramThatRunsAlready()
    {
        var made = new MadeVariants(_folder);
        made.Add(Variant());
        var other = new MadeVariants(_folder);

        made.EnterAccuracy(Variant(), Measured("val", 0.75));
        made.EnterAccuracy(Variant(), Measured("test", 0.5));
        made.EnterAccuracy(Variant(), Measured("val", 0.875));

        var entry = Assert.Single(other.Of(EmbeddedZoo.Default));
        Assert.Equal(0.875, entry.Accuracy!.Value.GetProperty("val").GetProperty("top1").GetDouble());
        Assert.Equal(0.5, entry.Accuracy!.Value.GetProperty("test").GetProperty("top1").GetDouble());
        Assert.Equal("AMX", entry.Accuracy!.Value.GetProperty("val").GetProperty("int8_path").GetString());
        Assert.Equal(Variant().Options, entry.Options);
    }

    [Fact]
    public void AnAccuracy_OfOtherWeights_IsRefused()
    {
        var made = new MadeVariants(_folder);
        made.Add(Variant());

        Assert.Contains("int8-entropy", Assert.Throws<InvalidModelException>(
            () => made.EnterAccuracy(Variant() with { Sha256 = new string('0', 64) }, Measured("val", 1))).Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(made.Of(EmbeddedZoo.Default)).Accuracy);
    }

    [Fact]
    public void AVariant_AddedByAnotherProgram_IsNotLostWhenThisOneAdds()
    {
        var (here, there) = (new MadeVariants(_folder), new MadeVariants(_folder));

        there.Add(Variant());
        here.Add(Variant() with { Options = new VariantOptions { Id = "int8-mse", Title = "INT8 mse" } });

        Assert.Equal(["int8-entropy", "int8-mse"], new MadeVariants(_folder).Of(EmbeddedZoo.Default).Select(made => made.Options.Id));
    }

    [Theory]
    [InlineData("int8-entropy", "int8-entropy", "control", "int8")]
    [InlineData("int8-entropy", "int8-entropy-2", "int8-entropy")]
    [InlineData("int8-entropy", "int8-entropy-3", "int8-entropy", "int8-entropy-2")]
    public void FreeId_Taken_GetsTheNextNumber(string wished, string expected, params string[] taken) =>
        Assert.Equal(expected, MadeVariants.FreeId(wished, taken));

    private static MeasuredAccuracy Measured(string data, double top1) => new(data, Precisions.Int8, top1, 1, 8, "a decoder", "AMX");

    private VariantRegistry RegistryWith(MadeVariants made) => new(
        new ModelCatalogue([EmbeddedZoo.Folder]), [DefaultVariants.All[0]], new VariantLoader(zoo.Decoder), new LoadedZoo.NoPreparer(),
        NullLogger<VariantRegistry>.Instance, made);

    private MadeVariant Variant()
    {
        var shipped = EmbeddedZoo.Default.FileOf(Precisions.Int8)!;
        File.Copy(shipped.Path, Path.Combine(_folder, "made.onnx"), overwrite: true);
        return new MadeVariant
        {
            ModelId = "cifar10_resnet9",
            ModelSha256 = EmbeddedZoo.Default.Card.Sha256!,
            Options = new VariantOptions { Id = "int8-entropy", Title = "INT8 entropy", Precision = Precisions.Int8 },
            File = "made.onnx",
            Sha256 = shipped.Sha256!,
            MadeAt = DateTimeOffset.UnixEpoch,
        };
    }
}
