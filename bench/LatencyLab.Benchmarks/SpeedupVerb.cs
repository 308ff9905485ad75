using LatencyLab.Inference.Comparison;
using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Benchmarks;

/// <summary>How much faster the variants are than the control, one intra-op thread each, in randomly interleaved rounds.</summary>
internal static class SpeedupVerb
{
    public const string Summary = "[model] [picture] [rounds]: inference speedup of engine and int8 over control, one thread each";

    public static int Run(string[] arguments)
    {
        var modelId = arguments.Length > 0 ? arguments[0] : "cifar10_resnet9";
        var picture = arguments.Length > 1 ? File.ReadAllBytes(arguments[1]) : LargePhoto.Small();
        var rounds = Setup.Number(arguments, 2, 300);
        using var laboratory = new Setup(variant => variant with { Threads = 1 });
        var request = new ComparisonRequest
        {
            Encoded = picture,
            Image = ImageFactsReader.Read(laboratory.Decoder, picture, "picture"),
            Variants = laboratory.Load(modelId),
            Rounds = rounds,
            WarmupRounds = 20,
            TimeBudget = TimeSpan.FromMinutes(10),
        };
        var result = new ComparisonRunner(new ClassifierGate(1, 0), TimeProvider.System).RunAsync(request, null, CancellationToken.None).GetAwaiter().GetResult();
        Console.WriteLine($"{modelId}, {result.Rounds} rounds, {result.Environment.Cpu}, INT8 by {result.Environment.Int8Path}, load {result.Environment.Load1:0.0}");
        Console.WriteLine($"{"variant",-10}{"inference p50",15}{"speedup",10}  95 % interval      {"total p50",12}{"speedup",10}  95 % interval");
        foreach (var variant in result.Variants)
        {
            if (variant.Failure is { } failure)
            {
                Console.WriteLine($"{variant.Id,-10}failed: {failure.Message}");
                continue;
            }
            var inference = variant.Stages.Single(stage => stage.Stage == Stage.Inference).P50Ms;
            Console.WriteLine($"{variant.Id,-10}{inference,12:0.000} ms{Ratio(variant.InferenceSpeedup)}{variant.Total!.P50Ms,12:0.000} ms{Ratio(variant.Speedup)}");
        }
        return result.Variants.All(variant => variant.Failure is null) ? 0 : 1;
    }

    private static string Ratio(Speedup? speedup) =>
        speedup is null ? $"{1,9:0.00}×{"",21}" : $"{speedup.Value,9:0.00}×  [{speedup.Ci95[0]:0.00}, {speedup.Ci95[1]:0.00}]     ";
}
