namespace LatencyLab.Inference.Models.Catalog;

/// <summary>A file could not be fetched, or is not the one that was published; the message names the address and the fix.</summary>
/// <param name="reason">Why, for programs.</param>
/// <param name="message">Why, for people.</param>
/// <param name="innerException">What was caught, if anything.</param>
public sealed class DownloadException(DownloadFailure reason, string message, Exception? innerException = null) : IOException(message, innerException)
{
    /// <summary>Why.</summary>
    public DownloadFailure Reason { get; } = reason;
}

/// <summary>Why a file could not be fetched.</summary>
public enum DownloadFailure
{
    /// <summary>The address, or one that it leads to, is not HTTPS.</summary>
    NotSecure,

    /// <summary>The server says that it has no such file, or refuses it.</summary>
    Refused,

    /// <summary>The server could not be reached or broke off, again and again; what came is kept for the next time.</summary>
    Interrupted,

    /// <summary>The file is larger or smaller than published, or without end.</summary>
    WrongSize,

    /// <summary>The file has another hash than published.</summary>
    WrongHash,

    /// <summary>Another pull is fetching the same file.</summary>
    Busy,
}
