using System.Buffers.Text;

namespace LatencyLab.Inference.Measurement.Hardware.Linux;

/// <summary>Walks through a text of names and numbers, without allocating.</summary>
internal ref struct NumberText(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>Whether anything is left.</summary>
    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>Takes the next line, without its end.</summary>
    public NumberText Line()
    {
        var end = _rest.IndexOf((byte)'\n');
        var line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        return new NumberText(line);
    }

    /// <summary>Takes the next word: what stands between blanks.</summary>
    public ReadOnlySpan<byte> Word()
    {
        _rest = _rest.TrimStart(" \t"u8);
        var end = _rest.IndexOfAny(" \t\n"u8);
        var word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[word.Length..];
        return word;
    }

    /// <summary>Takes the next word as a number; NaN where it is none.</summary>
    public double Number() => Utf8Parser.TryParse(Word(), out double number, out _) ? number : double.NaN;

    /// <summary>Leaves out words.</summary>
    public void Skip(int words)
    {
        for (var i = 0; i < words; i++)
        {
            Word();
        }
    }

    /// <summary>Leaves out everything up to the last place of a character.</summary>
    public void SkipPast(byte character) => _rest = _rest[(_rest.LastIndexOf(character) + 1)..];

    /// <summary>The number after a label that begins a line, wherever that line is; NaN where there is none.</summary>
    public static double After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> label)
    {
        var lines = new NumberText(text);
        while (!lines.IsEmpty)
        {
            var line = lines.Line();
            if (line._rest.StartsWith(label))
            {
                return new NumberText(line._rest[label.Length..]).Number();
            }
        }
        return double.NaN;
    }
}
