namespace LatencyLab.Inference.Evaluation;

/// <summary>Counts what a zip archive's index lists without building it.</summary>
internal static class ArchiveIndex
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>How an entry of the index begins.</summary>
    private static ReadOnlySpan<byte> EntrySignature => "PK\x01\x02"u8;

    /// <summary>Refuses an archive of too many files. The count that it states of itself is no proof.</summary>
    /// <param name="stream">The archive; stands at its beginning afterwards.</param>
    /// <param name="name">What it is called in the message.</param>
    /// <param name="files">How many are allowed.</param>
    /// <exception cref="InvalidDataException">There are more.</exception>
    public static void RefuseBeyond(Stream stream, string name, int files)
    {
        var chunk = new byte[ChunkBytes];
        var kept = 0;
        var found = 0L;
        stream.Position = 0;
        for (int read; (read = stream.Read(chunk, kept, chunk.Length - kept)) > 0;)
        {
            var filled = chunk.AsSpan(0, kept + read);
            found += filled.Count(EntrySignature);
            // A signature may lie across two chunks; three bytes hold none of their own.
            var tail = filled[^Math.Min(EntrySignature.Length - 1, filled.Length)..];
            tail.CopyTo(chunk);
            kept = tail.Length;
            if (found > files)
            {
                throw new InvalidDataException($"{name}: it lists more than {files} files. Send fewer pictures.");
            }
        }
        stream.Position = 0;
    }
}
