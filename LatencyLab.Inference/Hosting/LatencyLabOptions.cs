using System.ComponentModel.DataAnnotations;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Remote;
using LatencyLab.Inference.Sessions;
using Microsoft.Extensions.Options;

namespace LatencyLab.Inference.Hosting;

/// <summary>The configuration section <c>LatencyLab</c>; validated at start.</summary>
public sealed class LatencyLabOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "LatencyLab";

    /// <summary>Folders that are searched for models, besides the embedded ones.</summary>
    /// <value>Relative paths start at the working directory. Empty by default.</value>
    public IReadOnlyList<string> ModelPaths { get; init; } = [];

    /// <summary>Where models made on demand are kept.</summary>
    /// <value>The default value is <c>LatencyLab/cache</c> in the user's application data.</value>
    public string? CachePath { get; init; }

    /// <summary>Where what must not be lost is kept, the history of runs for instance.</summary>
    /// <value>The default value is <c>LatencyLab</c> in the user's application data.</value>
    public string? DataPath { get; init; }

    /// <summary>Folder of pictures like those that the models will meet, for quantizing on demand; searched with its subfolders.</summary>
    /// <value>None by default: models without an INT8 file then show what is missing.</value>
    public string? CalibrationPath { get; init; }

    /// <summary>Pictures used for quantizing on demand, at most.</summary>
    /// <value>The default value is 100.</value>
    [Range(1, 10_000)]
    public int CalibrationPictures { get; init; } = 100;

    /// <summary>The model that is used where none is named.</summary>
    /// <value>The default value is the embedded model.</value>
    [Required]
    public string DefaultModel { get; init; } = "cifar10_resnet9";

    /// <summary>
    /// Whether models may be imported, pulled and removed again through the web application, and measured accuracies written into their cards.
    /// The command line always may.
    /// </summary>
    /// <value>The default value is false.</value>
    public bool AllowModelImport { get; init; }

    /// <summary>Folder of the imported models; searched like <see cref="ModelPaths"/>.</summary>
    /// <value>The default value is <c>LatencyLab/models</c> in the user's application data.</value>
    public string? ImportPath { get; init; }

    /// <summary>List of the published models, for instance one whose addresses lie on a mirror of one's own.</summary>
    /// <value>By default the list that comes with the program.</value>
    public string? CatalogPath { get; init; }

    /// <summary>What an imported model may cost.</summary>
    [ValidateObjectMembers]
    public ImportLimits ImportLimits { get; init; } = new();

    /// <summary>The variants, the control first.</summary>
    /// <value>By default <c>control</c>, <c>engine</c> and <c>int8</c>.</value>
    [ValidateEnumeratedItems]
    public IReadOnlyList<VariantOptions> Variants { get; set; } = [];

    /// <summary>What a picture may be at most.</summary>
    [ValidateObjectMembers]
    public ImageLimits ImageLimits { get; init; } = new();

    /// <summary>The gate in front of the classifier.</summary>
    [ValidateObjectMembers]
    public GateOptions Gate { get; init; } = new();

    /// <summary>How remote services are asked.</summary>
    [ValidateObjectMembers]
    public RemoteOptions Remote { get; init; } = new();
}

/// <summary>How many requests the classifier takes.</summary>
public sealed record GateOptions
{
    /// <summary>Classifications that run at the same time; 0 takes the processor count.</summary>
    /// <value>The default value is 0.</value>
    [Range(0, 1024)]
    public int Places { get; init; }

    /// <summary>Requests that may wait; beyond it they are refused with 503.</summary>
    /// <value>The default value is 64.</value>
    [Range(0, 100_000)]
    public int QueueLength { get; init; } = 64;
}
