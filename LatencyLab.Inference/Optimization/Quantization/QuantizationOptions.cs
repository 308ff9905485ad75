using LatencyLab.Inference.Optimization.Calibration;

namespace LatencyLab.Inference.Optimization.Quantization;

/// <summary>How a model is quantized.</summary>
public sealed record QuantizationOptions
{
    /// <summary>How activation ranges follow from the calibration pictures.</summary>
    /// <value>The default is <see cref="MseCalibration"/>.</value>
    public ICalibrationMethod Calibration { get; init; } = new MseCalibration();

    /// <summary>The bytes that stand for activations.</summary>
    /// <value>The default is <see cref="ActivationType.U8"/>.</value>
    public ActivationType Activations { get; init; } = ActivationType.U8;

    /// <summary>How much of a signed byte the weights use; choose by the CPU that will run the result.</summary>
    /// <value>The default is <see cref="WeightRange.EightBit"/>.</value>
    public WeightRange WeightRange { get; init; } = WeightRange.EightBit;

    /// <summary>Whether biases make up for the mean error of rounded weights; costs nothing when the model runs.</summary>
    /// <value>The default is true.</value>
    public bool CorrectBias { get; init; } = true;

    /// <summary>Layers that stay in FP32, by their names in the report: those that cost the most accuracy, say.</summary>
    /// <value>The default is none.</value>
    public IReadOnlySet<string> KeepInFloat { get; init; } = new HashSet<string>();

    /// <summary>Whether neighbouring layers share out the ranges of their weights first (<see cref="Rewriting.CrossLayerEqualization"/>).</summary>
    /// <value>The default is false: weights are quantized per channel, which leaves little to gain.</value>
    public bool Equalize { get; init; }

    /// <summary>
    /// Pictures that go through the float model at once, where its batch size is free. Memory grows with it: all activations of a batch are held.
    /// </summary>
    /// <value>The default is 4; 1 or more.</value>
    public int CalibrationBatch { get; init; } = 4;

    /// <summary>Threads that calibrate.</summary>
    /// <value>The default is the number of processors this process may use.</value>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
