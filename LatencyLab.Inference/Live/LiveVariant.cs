using LatencyLab.Inference.Measurement.Load;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Live;

/// <summary>A variant that takes part in a live run.</summary>
public sealed record LiveVariant
{
    /// <summary>Identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>What load is put on; null where the variant cannot take part.</summary>
    public ILoadTarget? Target { get; init; }

    /// <summary>Why it cannot take part; null where it can.</summary>
    public string? Failure { get; init; }

    /// <summary>The most probable class of its latest answer.</summary>
    public Func<Prediction?> Answer { get; init; } = static () => null;

    /// <summary>A variant on its way to answering, or why it does not answer.</summary>
    /// <param name="entry">The variant.</param>
    /// <param name="gate">The gate in front of it.</param>
    /// <param name="pictures">What is sent.</param>
    public static LiveVariant Of(VariantEntry entry, ClassifierGate gate, LivePictures pictures)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(pictures);
        if (entry.Variant is not { } variant)
        {
            return new LiveVariant { Id = entry.Options.Id, Title = entry.Options.Title, Failure = entry.Status.Message ?? "It could not be loaded." };
        }
        var target = new VariantLoadTarget(variant, gate, pictures.Chosen) { Instead = () => pictures.Shown };
        pictures.Changed += target.ForgetAnswer;
        return new LiveVariant { Id = entry.Options.Id, Title = entry.Options.Title, Target = target, Answer = () => target.LatestAnswer };
    }
}
