namespace LatencyLab.Cli;

/// <summary>The command line asks for something impossible; the message names the option.</summary>
public sealed class UsageException(string message) : Exception(message);
