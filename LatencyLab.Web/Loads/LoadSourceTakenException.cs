namespace LatencyLab.Web.Loads;

/// <summary>Another source puts load on the classifier; two would measure each other.</summary>
/// <param name="holder">The other source, for instance "A live run".</param>
public sealed class LoadSourceTakenException(string holder)
    : Exception($"{holder} is under way, and the two would measure each other. Stop it, or wait until it ends.");
