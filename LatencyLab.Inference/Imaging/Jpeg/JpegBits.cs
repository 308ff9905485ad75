using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace LatencyLab.Inference.Imaging.Jpeg;

/// <summary>The bits of a scan, most significant first, without the zero bytes that are stuffed after 0xFF. Behind the data come zeros.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> scan)
{
    private readonly ReadOnlySpan<byte> _scan = scan;
    private ulong _buffer;
    private int _count;
    private int _invented;
    private int _position;

    /// <summary>Whether bits were used that the data do not hold.</summary>
    public readonly bool Overrun => _invented > _count;

    /// <summary>Makes at least 48 bits ready.</summary>
    public void Refill()
    {
        if (_count >= 48)
        {
            return;
        }

        if (_position + 8 <= _scan.Length)
        {
            var next = BinaryPrimitives.ReadUInt64BigEndian(_scan[_position..]);
            var inverted = ~next;
            var has0xFF = (inverted - 0x0101010101010101) & ~inverted & 0x8080808080808080;
            if (has0xFF == 0)
            {
                _buffer |= next >> _count;
                var bytes = (63 - _count) >> 3;
                _position += bytes;
                _count += bytes * 8;
                return;
            }
        }

        RefillByBytes();
    }

    /// <summary>The next bits, at most 32, without using them up.</summary>
    public readonly int Peek(int count) => (int)(_buffer >> (64 - count));

    /// <summary>Uses bits up.</summary>
    public void Skip(int count)
    {
        _buffer <<= count;
        _count -= count;
    }

    /// <summary>Skips the AC symbols of a block to its end, several at once where the table knows them.</summary>
    /// <param name="ac">The block's table.</param>
    /// <param name="next">Index of the next coefficient.</param>
    /// <returns>64 at the end of the block; more when the data make no sense.</returns>
    public int SkipBlock(HuffmanTable ac, int next)
    {
        ref var jumps = ref ac.Jumps;
        Refill();
        // Locals, because they live in registers: this loop is where the time of a large picture goes.
        var (buffer, count) = (_buffer, _count);
        while (next < 64)
        {
            if (count < 32)
            {
                (_buffer, _count) = (buffer, count);
                Refill();
                (buffer, count) = (_buffer, _count);
            }

            var jump = Unsafe.Add(ref jumps, (nint)(buffer >> (64 - HuffmanTable.JumpBits)));
            var length = (int)(jump & 0xFF);
            var after = next + (int)((jump >> 8) & 0xFF);
            if (length != 0 && after <= 63)
            {
                next = jump >> 16 != 0 ? 64 : after;
            }
            else
            {
                var found = ac.Lookup((int)(buffer >> 48));
                var (run, size) = ((found >> 4) & 0xF, found & 0xF);
                length = (found >> 8) + size;
                next = found == 0 ? 65 : size == 0 && run != 15 ? 64 : next + run + 1;
            }

            buffer <<= length;
            count -= length;
        }

        (_buffer, _count) = (buffer, count);
        return next;
    }

    /// <summary>A signed number of the given size in bits (T.81, F.2.2.1).</summary>
    public int ReadSigned(int size)
    {
        if (size == 0)
        {
            return 0;
        }

        var bits = Peek(size);
        Skip(size);
        return bits < 1 << (size - 1) ? bits - (1 << size) + 1 : bits;
    }

    /// <summary>Drops what is left of this interval and steps over its restart marker.</summary>
    public bool TryRestart()
    {
        (_buffer, _count, _invented) = (0, 0, 0);
        if (_position + 1 >= _scan.Length || _scan[_position] != 0xFF || (_scan[_position + 1] & 0xF8) != 0xD0)
        {
            return false;
        }

        _position += 2;
        return true;
    }

    private void RefillByBytes()
    {
        // The fast path may have left the top of the next byte behind the counted bits.
        _buffer = _count == 0 ? 0 : _buffer & (ulong.MaxValue << (64 - _count));
        while (_count <= 56)
        {
            var value = _position < _scan.Length ? _scan[_position] : (byte)0xFF;
            if (value != 0xFF)
            {
                _position++;
            }
            else if (_position + 1 < _scan.Length && _scan[_position + 1] == 0)
            {
                _position += 2;
            }
            else
            {
                value = 0;
                _invented += 8;
            }

            _buffer |= (ulong)value << (56 - _count);
            _count += 8;
        }
    }
}
