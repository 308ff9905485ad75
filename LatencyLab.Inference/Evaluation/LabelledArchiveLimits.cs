namespace LatencyLab.Inference.Evaluation;

/// <summary>What an archive from a stranger may hold at most.</summary>
/// <param name="Pictures">How many files.</param>
/// <param name="PictureBytes">Size of one picture, unpacked.</param>
/// <param name="TotalBytes">Size of all, unpacked.</param>
public sealed record LabelledArchiveLimits(int Pictures, long PictureBytes, long TotalBytes)
{
    /// <summary>For an archive of one's own.</summary>
    public static LabelledArchiveLimits None { get; } = new(int.MaxValue, Array.MaxLength, long.MaxValue);
}
