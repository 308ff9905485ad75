using System.CommandLine;
using LatencyLab.Inference.Evaluation;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Optimization.Calibration;
using LatencyLab.Inference.Optimization.Sensitivity;

namespace LatencyLab.Cli;

/// <summary>Calibration pictures, and others to judge a quantized model by.</summary>
/// <param name="Calibration">Picture files.</param>
/// <param name="Held">Pictures in memory; with classes where they are known.</param>
internal sealed record CalibrationAndHeld(IReadOnlyList<string> Calibration, HeldPictures Held);

/// <summary>The option <c>--data</c> of verbs that judge a quantized model.</summary>
internal sealed class HeldPicturesOption
{
    private const string LabelsFile = "labels.csv";

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Pictures to judge by: a folder or zip archive with one folder a class, pictures with labels.csv, or a folder of pictures "
            + "without labels. Without it every other calibration picture is held back for that.",
    };

    /// <summary>The option.</summary>
    public IReadOnlyList<Option> All => [_data];

    public void AddTo(Command command) => command.Options.Add(_data);

    /// <summary>Whether pictures to judge by are named.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_data) is not null;

    /// <summary>Finds both kinds of pictures.</summary>
    /// <exception cref="UsageException">There is no folder of calibration pictures, or there are none in it.</exception>
    /// <exception cref="InvalidDataException">There are no pictures to judge by, or one shows a class that the model does not have.</exception>
    public CalibrationAndHeld Find(ParseResult parsed, Laboratory laboratory, Model model, int maxCalibration, CancellationToken cancellation)
    {
        var folder = laboratory.Options.CalibrationPath
            ?? throw new UsageException("--calibration is missing: name a folder of pictures like those the model will meet.");
        var files = CalibrationPictures.Find(folder, int.MaxValue);
        if (files.Count == 0)
        {
            throw new UsageException($"--calibration: no pictures in {folder}.");
        }

        var decoder = laboratory.Get<IImageDecoder>();
        if (parsed.GetValue(_data) is { } data)
        {
            return new(CalibrationPictures.Find(folder, maxCalibration), Held(data, model, decoder, cancellation));
        }

        var split = PictureSplit.EveryOther(files);
        var held = HeldPictures.Of(Source(split.Held, model, decoder), maxCount: maxCalibration, cancellation: cancellation);
        return new(CalibrationPictures.Spread(split.Calibration, maxCalibration), held);
    }

    private static HeldPictures Held(string data, Model model, IImageDecoder decoder, CancellationToken cancellation)
    {
        if (IsLabelled(data))
        {
            var labelled = new LabelledPictureSource(LabelledPictures.Find(data, model), decoder, model.Preprocessing);
            return HeldPictures.Of(labelled, labelled.Classes, cancellation: cancellation);
        }

        var files = CalibrationPictures.Find(data, int.MaxValue);
        return files.Count > 0
            ? HeldPictures.Of(Source(files, model, decoder), cancellation: cancellation)
            : throw new InvalidDataException($"{data}: no pictures found.");
    }

    // A folder with nothing but pictures in it says nothing of their classes.
    private static bool IsLabelled(string data) =>
        !Directory.Exists(data) || File.Exists(Path.Combine(data, LabelsFile)) || Directory.EnumerateDirectories(data).Any();

    private static PictureCalibrationSource Source(IReadOnlyList<string> files, Model model, IImageDecoder decoder) =>
        new(files, decoder, model.Preprocessing);
}
