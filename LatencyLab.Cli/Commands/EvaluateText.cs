using System.Globalization;
using LatencyLab.Inference.Evaluation;

namespace LatencyLab.Cli.Commands;

/// <summary>Accuracies for people.</summary>
internal static class EvaluateText
{
    public static void Print(EvaluationResult result)
    {
        var table = Output.Table("variant", "top-1", "95 % interval", "top-5", "drop", "same as control");
        foreach (var variant in result.Variants)
        {
            table.Row(
                variant.Id, Percent(variant.Top1), $"{Percent(variant.Top1Ci95[0])} to {Percent(variant.Top1Ci95[1])}", Percent(variant.Top5),
                string.Create(CultureInfo.InvariantCulture, $"{variant.DropPoints:0.00} points"), Percent(variant.AgreementWithControl));
        }
        Output.Print(table);
        foreach (var problem in result.Problems)
        {
            Console.Error.WriteLine($"latencylab: {problem.ReplaceLineEndings(" ")}");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.ModelId} on {result.Pictures} pictures of {result.Data}, decoded by {result.Decoder}, INT8 by {result.Int8Path}"));
        foreach (var written in result.Written ?? [])
        {
            Console.WriteLine($"- {written.VariantId}: written to {written.Path} as {written.DataSet}");
        }
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %");
}
