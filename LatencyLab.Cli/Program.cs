using LatencyLab.Cli;
using LatencyLab.Cli.Commands;

return await CommandRunner.RunAsync(Root.Create(), args);
