using LatencyLab.Inference.Imaging;

namespace LatencyLab.Benchmarks;

/// <summary>Whether memory stays flat over thousands of classifications of mixed pictures, good and bad.</summary>
internal static class MemoryVerb
{
    public const string Summary = "[classifications]: resident memory after 500 and after all classifications of good and bad pictures";

    private const int SettledAfter = 500;
    private const double AllowedMegabytes = 50;

    public static int Run(string[] arguments)
    {
        var count = Setup.Number(arguments, 0, 5000);
        using var laboratory = new Setup();
        var variants = laboratory.Load("cifar10_resnet9").Select(entry => entry.Variant!).ToArray();
        var pictures = Mixed();
        double settled = 0;
        int answered = 0, refused = 0;
        for (var i = 1; i <= count; i++)
        {
            try
            {
                variants[i % variants.Length].Classify(pictures[i % pictures.Count]);
                answered++;
            }
            catch (ImageRejectedException)
            {
                refused++;
            }
            if (i == SettledAfter)
            {
                settled = Resident();
            }
            if (i % 1000 == 0)
            {
                Console.WriteLine($"after {i,5}: {Resident():0.0} MB");
            }
        }
        var growth = Resident() - settled;
        Console.WriteLine($"{answered} answered, {refused} refused, {growth:+0.0;-0.0} MB since classification {SettledAfter} (at most {AllowedMegabytes:0} wanted)");
        return growth <= AllowedMegabytes && answered > 0 && refused > 0 ? 0 : 1;
    }

    /// <summary>Small and large, whole and cut, and no pictures at all.</summary>
    private static List<byte[]> Mixed()
    {
        var (small, large) = (LargePhoto.Small(), LargePhoto.Draw());
        return [small, large, small[..(small.Length / 2)], large[..(large.Length / 3)], [1, 2, 3], small, [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], small];
    }

    private static double Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64 / 1e6;
    }
}
