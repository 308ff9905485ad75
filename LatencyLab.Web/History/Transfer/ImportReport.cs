namespace LatencyLab.Web.History.Transfer;

/// <summary>What became of an imported file.</summary>
/// <param name="Imported">Identifiers of the runs that were added; they are on disk.</param>
/// <param name="Duplicates">Identifiers that the history had already; those runs were left as they are.</param>
/// <param name="Refused">Runs that break their contract.</param>
public sealed record ImportReport(IReadOnlyList<string> Imported, IReadOnlyList<string> Duplicates, IReadOnlyList<RefusedRun> Refused);

/// <summary>A run that was not imported.</summary>
/// <param name="Index">Its place in the file, from 1.</param>
/// <param name="Id">Its identifier as the file has it.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedRun(int Index, string Id, string Reason);

/// <summary>The whole file was refused.</summary>
public sealed class ImportRefusedException(string message) : Exception(message);
