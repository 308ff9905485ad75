using System.CommandLine;
using LatencyLab.Cli;
using LatencyLab.Cli.Commands;

var root = new RootCommand("LatencyLab: which optimization makes my image classifier faster, by how much, and at what cost?")
{
    ModelsCommand.Create(),
    CompareCommand.Create(),
    EvaluateCommand.Create(),
    QuantizeCommand.Create(),
};
return await CommandRunner.RunAsync(root, args);
