namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>The codes met last. Most encoders use those of the standard's annex K, so building their tables anew each time would be waste.</summary>
internal static class HuffmanCodeCache
{
    private const int Places = 16;

    private static readonly Lock Gate = new();
    private static readonly (byte[] Description, HuffmanCode Code)[] Known = new (byte[], HuffmanCode)[Places];
    private static int _next;

    /// <summary>The code of a description: 16 counts, then the symbols; null where they make no code.</summary>
    public static HuffmanCode? Get(ReadOnlySpan<byte> description)
    {
        lock (Gate)
        {
            foreach (var (known, code) in Known)
            {
                if (code is not null && description.SequenceEqual(known))
                {
                    return code;
                }
            }
        }

        if (HuffmanCode.Create(description[..16], description[16..]) is not { } created)
        {
            return null;
        }

        lock (Gate)
        {
            Known[_next] = (description.ToArray(), created);
            _next = (_next + 1) % Places;
        }

        return created;
    }
}
