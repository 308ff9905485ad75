using LatencyLab.Inference.Models.Import;

namespace LatencyLab.Tests.Models.Import;

/// <summary>A model that must be refused.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Reason">The refusal.</param>
/// <param name="Says">What the message must say.</param>
/// <param name="Write">Writes it into a folder; the result is its path.</param>
internal sealed record BadModel(string Name, ImportRefusal Reason, string Says, Func<string, string> Write)
{
    public ImportOptions Options { get; init; } = new();

    public ImportLimits Limits { get; init; } = new();

    /// <summary>Options that need the folder, for instance to name a labels file in it.</summary>
    public Func<string, ImportOptions>? OptionsIn { get; init; }
}
