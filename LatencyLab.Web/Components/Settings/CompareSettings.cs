using System.Globalization;
using LatencyLab.Inference.Comparison;
using Microsoft.AspNetCore.WebUtilities;
using CompareOptions = LatencyLab.Web.Comparisons.CompareOptions;

namespace LatencyLab.Web.Components.Settings;

/// <summary>What a person sets on the Compare page. It lives in the address, so that a link repeats it; the picture does not.</summary>
public sealed record CompareSettings
{
    /// <summary>Measured rounds may be 1 to this.</summary>
    public const int MaxRounds = 1_000;

    /// <summary>Model; null for the configured default.</summary>
    public string? ModelId { get; init; }

    /// <summary>Variants; null for all.</summary>
    public IReadOnlyList<string>? VariantIds { get; init; }

    /// <summary>Taking turns or all at once.</summary>
    public ComparisonMode Mode { get; init; } = ComparisonMode.Isolated;

    /// <summary>Measured rounds.</summary>
    public int Rounds { get; init; } = new CompareOptions { ImageId = "" }.Rounds;

    /// <summary>File name of the sample picture in use, or null.</summary>
    public string? Sample { get; init; }

    /// <summary>Reads an address; what it does not say, or says wrongly, stays at its default.</summary>
    public static CompareSettings Parse(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri, UriKind.Absolute).Query);
        var defaults = new CompareSettings();
        string? Value(string key) => query.TryGetValue(key, out var values) && !string.IsNullOrWhiteSpace(values) ? values.ToString() : null;

        return new CompareSettings
        {
            ModelId = Value("model"),
            VariantIds = Value("variants")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Mode = string.Equals(Value("mode"), "race", StringComparison.OrdinalIgnoreCase) ? ComparisonMode.Race : ComparisonMode.Isolated,
            Rounds = int.TryParse(Value("rounds"), CultureInfo.InvariantCulture, out var rounds) ? Math.Clamp(rounds, 1, MaxRounds) : defaults.Rounds,
            Sample = Value("sample"),
        };
    }

    /// <summary>A path with these settings as its query; defaults are left out.</summary>
    public string ToPath(string path)
    {
        var defaults = new CompareSettings();
        var query = new Dictionary<string, string?>
        {
            ["model"] = ModelId,
            ["variants"] = VariantIds is null ? null : string.Join(',', VariantIds),
            ["mode"] = Mode == defaults.Mode ? null : "race",
            ["rounds"] = Rounds == defaults.Rounds ? null : Rounds.ToString(CultureInfo.InvariantCulture),
            ["sample"] = Sample,
        };
        return QueryHelpers.AddQueryString(path, query.Where(pair => pair.Value is not null));
    }

    /// <summary>Whether a variant takes part.</summary>
    public bool Includes(string variantId) => VariantIds?.Contains(variantId) ?? true;

    /// <summary>The same with a variant added or taken out; all of them is the default again.</summary>
    /// <param name="variantId">The variant.</param>
    /// <param name="all">All that there are, in order.</param>
    public CompareSettings Toggle(string variantId, IEnumerable<string> all)
    {
        var every = all.ToArray();
        var chosen = every.Where(id => id == variantId ? !Includes(id) : Includes(id)).ToArray();
        return this with { VariantIds = chosen.Length == every.Length ? null : chosen };
    }
}
