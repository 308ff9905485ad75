using System.CommandLine;

namespace LatencyLab.Cli;

/// <summary>An option that not every command line of its verb has a use for.</summary>
/// <param name="Option">The option.</param>
/// <param name="Applies">Whether this command line has.</param>
/// <param name="Where">Where it applies, in words.</param>
internal sealed record OptionScope(Option Option, bool Applies, string Where)
{
    /// <summary>Refuses options that would be ignored: who gave them expects something of them.</summary>
    /// <exception cref="UsageException">One was given and does not apply.</exception>
    public static void RefuseOthers(ParseResult parsed, params OptionScope[] scopes)
    {
        if (Array.Find(scopes, scope => !scope.Applies && IsGiven(parsed, scope.Option)) is { } other)
        {
            throw new UsageException($"{other.Option.Name} does not apply here: it is for {other.Where}.");
        }
    }

    /// <summary>Whether an option is on the command line.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
