namespace LatencyLab.Web.History.Kinds;

/// <summary>All kinds of runs that this version knows.</summary>
public sealed class RunKinds(IEnumerable<IRunKind> kinds)
{
    // Of two kinds with one name the one that was registered later stays.
    private readonly Dictionary<string, IRunKind> _kinds = kinds.GroupBy(kind => kind.Id).ToDictionary(group => group.Key, group => group.Last());

    /// <summary>All, in no order that matters.</summary>
    public IReadOnlyCollection<IRunKind> All => _kinds.Values;

    /// <summary>The kind of a name, or null.</summary>
    public IRunKind? Find(string id) => _kinds.GetValueOrDefault(id);

    /// <summary>The kind whose results are of a type.</summary>
    /// <exception cref="InvalidOperationException">None is registered.</exception>
    public RunKind<T> Of<T>()
        where T : class =>
        _kinds.Values.OfType<RunKind<T>>().FirstOrDefault()
        ?? throw new InvalidOperationException($"No run kind is registered for {typeof(T).Name}. Register a RunKind<{typeof(T).Name}> as IRunKind.");
}
