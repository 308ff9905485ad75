namespace LatencyLab.Inference.Models.Import;

/// <summary>Why a model is not taken in.</summary>
public enum ImportRefusal
{
    /// <summary>There is no such file.</summary>
    FileMissing,

    /// <summary>The path is a folder.</summary>
    Folder,

    /// <summary>The file has no content.</summary>
    Empty,

    /// <summary>The file, or the file with its weights, is larger than the limit.</summary>
    TooLarge,

    /// <summary>The file is something else: a picture, an archive, a web page, …</summary>
    NotOnnx,

    /// <summary>The file is cut short or damaged.</summary>
    Damaged,

    /// <summary>Weights lie in a file outside the model's folder.</summary>
    ExternalDataOutside,

    /// <summary>A file with weights is missing, or too short for what it should hold.</summary>
    ExternalDataMissing,

    /// <summary>A weight's data do not fill the shape that it declares.</summary>
    WeightShape,

    /// <summary>A weight is not a number or infinite.</summary>
    WeightNotFinite,

    /// <summary>An operator is not of the standard.</summary>
    UnknownOperator,

    /// <summary>The operator set is newer than the runtime.</summary>
    OpsetTooNew,

    /// <summary>The graph has loops.</summary>
    ControlFlow,

    /// <summary>The graph draws random numbers.</summary>
    Random,

    /// <summary>The model is quantized already.</summary>
    Quantized,

    /// <summary>A constant makes a tensor beyond all measure.</summary>
    HugeTensor,

    /// <summary>The runtime cannot load or run the graph.</summary>
    NotRunnable,

    /// <summary>The graph has no input.</summary>
    NoInput,

    /// <summary>The graph has more than one input.</summary>
    SeveralInputs,

    /// <summary>The input takes something other than 32-bit floats.</summary>
    InputType,

    /// <summary>The input's shape is not that of one colour picture.</summary>
    InputShape,

    /// <summary>The side of the input is free, and no size was given.</summary>
    SizeMissing,

    /// <summary>The size that was given is not the graph's.</summary>
    SizeConflict,

    /// <summary>The graph has several outputs, or not the one that was named.</summary>
    OutputUnclear,

    /// <summary>The output is not one logit a class.</summary>
    NotClassifier,

    /// <summary>The trial run takes too long.</summary>
    TooSlow,

    /// <summary>The trial run takes too much memory.</summary>
    TooMuchMemory,

    /// <summary>The answer to a trial picture is not a number.</summary>
    OutputNotFinite,

    /// <summary>The labels file is missing or unusable.</summary>
    Labels,

    /// <summary>There are more or fewer labels than classes.</summary>
    LabelCount,

    /// <summary>The identifier cannot name a folder.</summary>
    BadId,

    /// <summary>There is a model by this identifier already.</summary>
    IdTaken,

    /// <summary>The preprocessing makes no sense.</summary>
    Preprocessing,
}
