namespace LatencyLab.Web.Loads;

/// <summary>A load run cannot be begun; the message says why and what to change.</summary>
public sealed class LoadRefusedException(string message) : Exception(message);
