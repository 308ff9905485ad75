namespace LatencyLab.Inference.Optimization.AccuracyAware;

/// <summary>One candidate that was run.</summary>
/// <param name="Step"><c>int8</c>: nothing in float; <c>prefix</c>: the worst layers in float; <c>requantize</c>: one of them in INT8 again; <c>float</c>: all in float, which needs no run.</param>
/// <param name="FloatLayers">The layers in float, by name, the worst first.</param>
/// <param name="DropPoints">The measured drop, in percentage points.</param>
/// <param name="Ci95Points">The drop's 95 % interval.</param>
/// <param name="WithinBudget">Whether the drop is within the budget.</param>
/// <param name="Chosen">Whether this candidate is the result.</param>
public sealed record AccuracyTrial(
    string Step, IReadOnlyList<string> FloatLayers, double DropPoints, IReadOnlyList<double> Ci95Points, bool WithinBudget, bool Chosen);
