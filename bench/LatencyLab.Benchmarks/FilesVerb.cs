using LatencyLab.Inference.Frontier;
using LatencyLab.Inference.Measurement;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Benchmarks;

/// <summary>Which of several files of a model is the fastest: inference only, one thread each, in randomly interleaved rounds.</summary>
internal static class FilesVerb
{
    public const string Summary = "model file...: inference speedup of ONNX files over the model's control and over the first of them; models in LATENCYLAB_MODELS";

    private const int Rounds = 200;

    public static int Run(string[] arguments)
    {
        if (arguments.Length < 2)
        {
            Console.Error.WriteLine(Summary);
            return 2;
        }
        using var laboratory = new Setup();
        var model = laboratory.Model(arguments[0]);
        var contenders = new List<FrontierContender>();
        try
        {
            contenders.Add(new FrontierContender(FrontierConfiguration.Of(model, int8: null, made: null)[0]));
            contenders.AddRange(arguments[1..].Select(file => Contender(model, file)));
            TakeTurns(contenders);
            Print(contenders);
            return 0;
        }
        finally
        {
            contenders.ForEach(contender => contender.Dispose());
        }
    }

    private static FrontierContender Contender(Model model, string file)
    {
        var options = new VariantOptions { Id = "file", Title = Path.GetFileName(file), Threads = 1 };
        return new FrontierContender(new FrontierConfiguration(model, new StatedFile(new ModelFile(file, null), null), options));
    }

    private static void TakeTurns(List<FrontierContender> contenders)
    {
        var random = new Random(1);
        var order = contenders.ToArray();
        Array.ForEach(order, contender => contender.WarmUp(CancellationToken.None));
        for (var round = 0; round < Rounds; round++)
        {
            random.Shuffle(order);
            Array.ForEach(order, contender => contender.Sample(CancellationToken.None));
        }
    }

    private static void Print(List<FrontierContender> contenders)
    {
        Console.WriteLine($"{"file",-40}{"inference p50",15}  {"over control",-22}over the first file");
        foreach (var contender in contenders)
        {
            var title = contender == contenders[0] ? "control" : contender.Configuration.Options.Title;
            Console.WriteLine(
                $"{title,-40}{Percentile.Of([.. contender.SamplesMs.Order()], 0.5),12:0.000} ms  "
                + $"{Ratio(contenders[0], contender),-22}{Ratio(contenders[1], contender)}");
        }
    }

    private static string Ratio(FrontierContender reference, FrontierContender contender)
    {
        var speedup = BootstrapRatio.Paired([.. reference.SamplesMs], [.. contender.SamplesMs], 1);
        return $"{speedup.Value:0.00}× [{speedup.Ci95[0]:0.00}, {speedup.Ci95[1]:0.00}]";
    }
}
