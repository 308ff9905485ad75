using LatencyLab.Inference.Models.Import;
using LatencyLab.Inference.Remote;
using Microsoft.Extensions.Options;

namespace LatencyLab.Inference.Hosting;

/// <summary>Checks the attributes of all options, nested ones included.</summary>
[OptionsValidator]
internal sealed partial class LatencyLabAttributeValidator : IValidateOptions<LatencyLabOptions>;

/// <summary>Checks what no attribute can say.</summary>
internal sealed class LatencyLabOptionsValidator : IValidateOptions<LatencyLabOptions>
{
    public ValidateOptionsResult Validate(string? name, LatencyLabOptions options)
    {
        var duplicate = options.Variants.GroupBy(variant => variant.Id).FirstOrDefault(group => group.Count() > 1);
        if (duplicate is not null)
        {
            return ValidateOptionsResult.Fail($"LatencyLab:Variants names `{duplicate.Key}` twice. Identifiers must be unique.");
        }
        foreach (var variant in options.Variants)
        {
            if (RemoteAddress.ProblemOf(variant.Remote) is { } problem)
            {
                return ValidateOptionsResult.Fail($"LatencyLab:Variants: the address `Remote` of `{variant.Id}` {problem}");
            }
        }
        if (options.CalibrationPath is { } path && !Directory.Exists(path))
        {
            return ValidateOptionsResult.Fail($"LatencyLab:CalibrationPath is {Path.GetFullPath(path)}, which does not exist.");
        }
        if (options.CatalogPath is { } catalog && !File.Exists(catalog))
        {
            return ValidateOptionsResult.Fail($"LatencyLab:CatalogPath is {Path.GetFullPath(catalog)}, which does not exist.");
        }
        if (options is { AllowModelImport: true, ImportPath: { } import } && ImportProblem(import) is { } reason)
        {
            return ValidateOptionsResult.Fail($"LatencyLab:ImportPath is {Path.GetFullPath(import)}, {reason}");
        }
        return ValidateOptionsResult.Success;
    }

    /// <summary>Why models could not be put into a folder; better said at start than after an upload.</summary>
    private static string? ImportProblem(string path)
    {
        try
        {
            new StagingFolder(path).Dispose();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "which is no folder that can be written. Create it, or correct the setting.";
        }
    }
}
