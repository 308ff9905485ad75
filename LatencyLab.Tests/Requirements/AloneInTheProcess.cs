namespace LatencyLab.Tests.Requirements;

/// <summary>Tests that measure the process's memory: what runs beside them would count as theirs.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}
