namespace LatencyLab.Inference.Models.Import;

/// <summary>What the graph of a model does not say. Everything may be left out; the result then says what was assumed.</summary>
public sealed record ImportOptions
{
    /// <summary>Identifier: letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, 64 at most; made from the file's name where null.</summary>
    public string? Id { get; init; }

    /// <summary>Name for people; the identifier where null.</summary>
    public string? Title { get; init; }

    /// <summary>What the file is called in messages; its own name where null.</summary>
    public string? FileName { get; init; }

    /// <summary>Text file with one class name a line, in class order; <c>class 0</c>, <c>class 1</c>, … where null.</summary>
    public string? LabelsPath { get; init; }

    /// <summary>Side of the square input in pixels; needed only where the graph leaves it free.</summary>
    public int? SizePx { get; init; }

    /// <summary>Mean of each channel on the 0..1 scale, red first; ImageNet's where null.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>Standard deviation of each channel on the 0..1 scale, red first; ImageNet's where null.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary><c>short_side</c> keeps the aspect ratio and crops the centre; <c>stretch</c> does not. Null for <c>short_side</c>.</summary>
    public string? Resize { get; init; }

    /// <summary>Short side in pixels before the crop; 8/7 of the input's side where null (its side below 64 pixels).</summary>
    public int? ShortSidePx { get; init; }

    /// <summary>Name of the output that classifies; needed only where the graph has several.</summary>
    public string? Output { get; init; }

    /// <summary>Licence of the weights, for people.</summary>
    public string? License { get; init; }

    /// <summary>Architecture, for people.</summary>
    public string? Architecture { get; init; }

    /// <summary>What it tells apart, for people.</summary>
    public string? Task { get; init; }

    /// <summary>Where the file comes from, for instance its address.</summary>
    public string? Source { get; init; }
}
