namespace LatencyLab.Inference.Optimization.Pruning;

/// <summary>
/// Channels that can only go together are one unit: a disjoint-set forest over all channels of a model, in which any member may be
/// frozen for a reason.
/// </summary>
internal sealed class ChannelUnits
{
    private readonly List<int> _parents = [];
    private readonly Dictionary<int, string> _frozen = [];

    /// <summary>Makes channels that are tied to none.</summary>
    public int[] Create(long count)
    {
        var first = _parents.Count;
        var channels = new int[count];
        for (var i = 0; i < channels.Length; i++)
        {
            _parents.Add(channels[i] = first + i);
        }

        return channels;
    }

    /// <summary>The unit that a channel belongs to.</summary>
    public int Unit(int channel)
    {
        while (_parents[channel] != channel)
        {
            channel = _parents[channel] = _parents[_parents[channel]];
        }

        return channel;
    }

    /// <summary>Two tensors that meet channel by channel, in a sum for instance, lose channels together.</summary>
    public void Tie(int[] first, int[] second)
    {
        for (var i = 0; i < first.Length; i++)
        {
            var (kept, joined) = (Unit(first[i]), Unit(second[i]));
            if (kept == joined)
            {
                continue;
            }

            _parents[joined] = kept;
            if (_frozen.Remove(joined, out var reason))
            {
                _frozen.TryAdd(kept, reason);
            }
        }
    }

    /// <summary>Keeps the channels for good; the first reason counts.</summary>
    public void Freeze(int[] channels, string reason)
    {
        foreach (var channel in channels)
        {
            _frozen.TryAdd(Unit(channel), reason);
        }
    }

    /// <summary>Why the channel must stay, or null where it may go.</summary>
    public string? Frozen(int channel) => _frozen.GetValueOrDefault(Unit(channel));
}
