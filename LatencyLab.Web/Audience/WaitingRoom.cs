namespace LatencyLab.Web.Audience;

/// <summary>
/// The photos that wait and, for a while, what became of the others; of those only the decision is left. Not safe for concurrent use.
/// </summary>
internal sealed class WaitingRoom(TimeProvider time, TimeSpan patience)
{
    /// <summary>How long a sender may ask what became of a photo.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    /// <summary>Decisions remembered at once; the oldest give way.</summary>
    private const int MostDecisions = 500;

    private readonly LinkedList<Entry> _entries = [];

    /// <summary>The photos that wait, the oldest first.</summary>
    public IReadOnlyList<AudiencePicture> Waiting => [.. _entries.Where(entry => entry.Picture is not null).Select(entry => entry.Picture!)];

    public void Add(AudiencePicture picture) => _entries.AddLast(new Entry(picture.Id, time.GetTimestamp()) { Picture = picture });

    /// <summary>Lets go of a photo that waits; null when it does not.</summary>
    public AudiencePicture? Decide(string id, AudienceState state)
    {
        if (Find(id) is not { Picture: { } picture } entry)
        {
            return null;
        }
        entry.Decide(state, time.GetTimestamp());
        Forget();
        return picture;
    }

    /// <summary>Lets go of all that wait.</summary>
    public void DecideAll(AudienceState state)
    {
        foreach (var picture in Waiting)
        {
            Decide(picture.Id, state);
        }
    }

    public bool Answer(string id, IReadOnlyList<AudienceAnswer> answers)
    {
        if (Find(id) is not { State: AudienceState.Shown } entry)
        {
            return false;
        }
        entry.Answers = answers;
        return true;
    }

    public AudienceStatus? StatusOf(string id) => Find(id) is not { } entry ? null : new AudienceStatus
    {
        Id = id,
        State = entry.State,
        Place = entry.Picture is null ? null : _entries.TakeWhile(other => other != entry).Count(other => other.Picture is not null) + 1,
        Answers = entry.Answers,
    };

    /// <summary>Removes what is too old.</summary>
    public void Sweep()
    {
        foreach (var entry in _entries.Where(entry => entry.Picture is not null && Left(entry) <= TimeSpan.Zero))
        {
            entry.Decide(AudienceState.Expired, time.GetTimestamp());
        }
        Forget();
    }

    /// <summary>Time until there is something to sweep; null while there is nothing at all.</summary>
    public TimeSpan? NextSweep => _entries.Count == 0 ? null : _entries.Min(Left);

    private Entry? Find(string id) => _entries.FirstOrDefault(entry => entry.Id == id);

    private TimeSpan Left(Entry entry) => (entry.Picture is null ? Memory : patience) - time.GetElapsedTime(entry.Since);

    private void Forget()
    {
        var decided = _entries.Where(entry => entry.Picture is null).OrderByDescending(entry => entry.Since);
        foreach (var entry in decided.Where((entry, index) => index >= MostDecisions || Left(entry) <= TimeSpan.Zero).ToArray())
        {
            _entries.Remove(entry);
        }
    }

    private sealed class Entry(string id, long since)
    {
        public string Id { get; } = id;

        public long Since { get; private set; } = since;

        public AudienceState State { get; private set; }

        public AudiencePicture? Picture { get; set; }

        public IReadOnlyList<AudienceAnswer> Answers { get; set; } = [];

        public void Decide(AudienceState state, long now) => (State, Since, Picture) = (state, now, null);
    }
}
