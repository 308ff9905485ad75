using System.CommandLine;

namespace LatencyLab.Cli.Commands;

/// <summary>All verbs.</summary>
public static class Root
{
    /// <summary>Creates the command line.</summary>
    public static RootCommand Create() => new("LatencyLab: which optimization makes my image classifier faster, by how much, and at what cost?")
    {
        ModelsCommand.Create(),
        CompareCommand.Create(),
        EvaluateCommand.Create(),
        QuantizeCommand.Create(),
        SensitivityCommand.Create(),
        PruneCommand.Create(),
        LoadCommand.Create(),
        ProfileCommand.Create(),
        MonitorCommand.Create(),
    };
}
