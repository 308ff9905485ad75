using LatencyLab.Inference.Comparison;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Comparisons;

/// <summary>The latest comparison results, newest last, in memory.</summary>
public sealed class ComparisonStore(IOptions<WebLimits> limits)
{
    private readonly Lock _lock = new();
    private readonly List<ComparisonResult> _results = [];

    /// <summary>All kept results, newest first.</summary>
    public IReadOnlyList<ComparisonResult> All
    {
        get
        {
            lock (_lock)
            {
                return [.. Enumerable.Reverse(_results)];
            }
        }
    }

    /// <summary>Keeps a result; the oldest gives way.</summary>
    public void Add(ComparisonResult result)
    {
        lock (_lock)
        {
            _results.Add(result);
            if (_results.Count > limits.Value.KeptComparisons)
            {
                _results.RemoveAt(0);
            }
        }
    }

    /// <summary>The result of an identifier, or null when it is gone.</summary>
    public ComparisonResult? Find(string id)
    {
        lock (_lock)
        {
            return _results.Find(result => result.Id == id);
        }
    }

    /// <summary>Forgets a result.</summary>
    public void Remove(string id)
    {
        lock (_lock)
        {
            _results.RemoveAll(result => result.Id == id);
        }
    }

    /// <summary>Replaces a result by a changed copy; null when it is gone.</summary>
    public ComparisonResult? Change(string id, Func<ComparisonResult, ComparisonResult> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            var index = _results.FindIndex(result => result.Id == id);
            return index < 0 ? null : _results[index] = change(_results[index]);
        }
    }
}
