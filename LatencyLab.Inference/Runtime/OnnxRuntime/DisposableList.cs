namespace Microsoft.ML.OnnxRuntime;

/// <summary>A list that owns its elements.</summary>
public interface IDisposableReadOnlyCollection<T> : IReadOnlyCollection<T>, IReadOnlyList<T>, IDisposable;

/// <summary>Disposes its elements with itself.</summary>
internal sealed class DisposableList<T>(IEnumerable<T> elements) : List<T>(elements), IDisposableReadOnlyCollection<T>
    where T : IDisposable
{
    public void Dispose()
    {
        ForEach(element => element.Dispose());
        Clear();
    }
}
