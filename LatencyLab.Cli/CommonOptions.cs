using System.CommandLine;

namespace LatencyLab.Cli;

/// <summary>Values of the options that every verb has.</summary>
internal sealed record CommonValues(string[] ModelPaths, string? CalibrationPath, bool Json);

/// <summary>The options that every verb has.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string[]> _models = new("--models")
    {
        Description = "Folder with further models (model cards and ONNX files); may be given several times.",
    };

    private readonly Option<string?> _calibration = new("--calibration")
    {
        Description = "Folder of pictures for quantizing models that ship without an INT8 file.",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON instead of text." };

    public void AddTo(Command command)
    {
        command.Options.Add(_models);
        command.Options.Add(_calibration);
        command.Options.Add(_json);
    }

    public CommonValues Read(ParseResult parsed) =>
        new(parsed.GetValue(_models) ?? [], parsed.GetValue(_calibration), parsed.GetValue(_json));
}
