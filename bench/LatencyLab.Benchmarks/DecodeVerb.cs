using LatencyLab.Inference.Imaging;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Benchmarks;

/// <summary>How much scaled decoding saves on a photo of a camera's size. The paths take turns, so that a busy machine troubles both alike.</summary>
internal static class DecodeVerb
{
    public const string Summary = "[photo.jpg] [rounds]: 12-megapixel JPEG to 224x224 tensor, full decode against scaled decode";

    public static int Run(string[] arguments)
    {
        var photo = arguments.Length > 0 ? LargePhoto.Enlarge(File.ReadAllBytes(arguments[0])) : LargePhoto.Draw();
        var rounds = arguments.Length > 1 ? int.Parse(arguments[1], System.Globalization.CultureInfo.InvariantCulture) : 15;
        var tensor = new float[Paths.Rule.TensorLength];
        var (full, scaled) = (Paths.Full(), Paths.Scaled());
        var (fullClocks, scaledClocks) = (new List<StageClock>(), new List<StageClock>());
        for (var round = -3; round < rounds; round++)
        {
            var (fullClock, scaledClock) = (Time(full, photo, tensor), Time(scaled, photo, tensor));
            if (round >= 0)
            {
                fullClocks.Add(fullClock);
                scaledClocks.Add(scaledClock);
            }
        }

        Console.WriteLine($"JPEG of {photo.Length / 1e6:0.0} MB, {rounds} rounds, medians in ms");
        Console.WriteLine($"{"",-8}{"decode",10}{"resize",10}{"normalize",10}{"total",10}");
        Print("full", fullClocks);
        Print("scaled", scaledClocks);
        var ratio = Median(fullClocks.Zip(scaledClocks, (slow, fast) => slow.TotalMs / fast.TotalMs));
        Console.WriteLine($"scaled decoding is {ratio:0.0} times as fast (median of paired rounds; at least 4 is wanted)");
        return ratio >= 4 ? 0 : 1;
    }

    private static StageClock Time(ImagePreprocessor path, byte[] photo, float[] tensor)
    {
        var clock = new StageClock();
        clock.Start();
        path.Process(photo, tensor, clock);
        clock.Stop();
        return clock;
    }

    private static void Print(string name, List<StageClock> clocks)
    {
        double Of(Stage stage) => Median(clocks.Select(clock => clock.MillisecondsOf(stage)));
        var total = Median(clocks.Select(clock => clock.TotalMs));
        Console.WriteLine($"{name,-8}{Of(Stage.Decode),10:0.00}{Of(Stage.Resize),10:0.00}{Of(Stage.Normalize),10:0.00}{total,10:0.00}");
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
