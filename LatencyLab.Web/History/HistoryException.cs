namespace LatencyLab.Web.History;

/// <summary>The history's database does not answer, or does not keep up; the run at hand was not saved.</summary>
public sealed class HistoryException(string message, Exception? inner = null) : Exception(message, inner);
