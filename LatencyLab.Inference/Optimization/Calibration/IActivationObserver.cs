namespace LatencyLab.Inference.Optimization.Calibration;

/// <summary>Is shown some of a model's tensors, batch after batch.</summary>
internal interface IActivationObserver
{
    /// <summary>The tensors to watch, by name.</summary>
    IReadOnlyList<string> Tensors { get; }

    /// <summary>Takes in a tensor's values for one batch; the first dimension of the shape counts pictures.</summary>
    void Observe(string tensor, ReadOnlySpan<float> values, ReadOnlySpan<long> shape);
}
