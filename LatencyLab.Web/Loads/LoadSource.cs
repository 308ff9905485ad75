namespace LatencyLab.Web.Loads;

/// <summary>One source of steady load at a time: a load run and a live run side by side would measure each other.</summary>
internal sealed class LoadSource
{
    private string? _holder;

    /// <summary>Takes the place; dispose the result to give it back.</summary>
    /// <param name="holder">Who takes it, as the refusal of others names it, for instance "A live run".</param>
    /// <exception cref="LoadSourceTakenException">Another source puts load on the classifier.</exception>
    public IDisposable Take(string holder) =>
        Interlocked.CompareExchange(ref _holder, holder, null) is { } other ? throw new LoadSourceTakenException(other) : new Place(this);

    /// <summary>Refuses what would only wait to be refused later.</summary>
    /// <param name="holder">Who asks; another of its kind is no obstacle, since those wait for each other.</param>
    /// <exception cref="LoadSourceTakenException">A source of another kind puts load on the classifier.</exception>
    public void RefuseBesideOthers(string holder)
    {
        if (Volatile.Read(ref _holder) is { } other && other != holder)
        {
            throw new LoadSourceTakenException(other);
        }
    }

    private sealed class Place(LoadSource source) : IDisposable
    {
        private bool _given;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _given, true))
            {
                Volatile.Write(ref source._holder, null);
            }
        }
    }
}
