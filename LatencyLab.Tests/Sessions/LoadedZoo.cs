using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;
using LatencyLab.Tests.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace LatencyLab.Tests.Sessions;

/// <summary>The embedded model's variants, loaded once for a test class.</summary>
public sealed class LoadedZoo : IAsyncLifetime
{
    public IImageDecoder Decoder { get; } = ImageDecoders.CreateDefault(new ImageLimits());

    public VariantRegistry Registry { get; private set; } = null!;

    public IReadOnlyList<VariantEntry> Entries => Registry.Entries("cifar10_resnet9");

    public Variant Variant(string id) => Entries.Single(entry => entry.Options.Id == id).Variant!;

    public async Task InitializeAsync()
    {
        Registry = CreateRegistry(DefaultVariants.All, new NoPreparer());
        await Registry.WaitAsync("cifar10_resnet9", CancellationToken.None);
    }

    public async Task DisposeAsync() => await Registry.DisposeAsync();

    /// <summary>A registry over the embedded zoo and further folders.</summary>
    internal VariantRegistry CreateRegistry(IReadOnlyList<VariantOptions> variants, IModelPreparer preparer, params string[] folders) => new(
        new ModelCatalogue([EmbeddedZoo.Folder, .. folders]), variants, new VariantLoader(Decoder), preparer, NullLogger<VariantRegistry>.Instance);

    /// <summary>For models that ship with all their files.</summary>
    internal sealed class NoPreparer : IModelPreparer
    {
        public Task<ModelFile> PrepareAsync(Model model, string precision, IProgress<double>? progress, CancellationToken cancellationToken) =>
            throw new InvalidModelException("Nothing is made on demand here.");
    }
}
