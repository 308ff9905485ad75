namespace LatencyLab.Web.Audience;

/// <summary>Why a photo was not let in.</summary>
public enum AudienceRefusal
{
    /// <summary>The door is closed, or the code is not, or no longer, the right one.</summary>
    Code,

    /// <summary>As many photos wait as may.</summary>
    Full,
}

/// <summary>A photo was not let in; the message says what to do, for people.</summary>
public sealed class AudienceRefusedException(AudienceRefusal reason, string message) : Exception(message)
{
    /// <summary>The kind of refusal.</summary>
    public AudienceRefusal Reason { get; } = reason;
}
