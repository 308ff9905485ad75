using System.Runtime.InteropServices;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Benchmarks;

/// <summary>
/// Whether scaled decoding changes what a model sees: every photo of a folder is enlarged to 12 megapixels and goes both ways. The tensors can be
/// written out, to be fed to a model.
/// </summary>
internal static class DecodeParityVerb
{
    public const string Summary = "photos/ [tensors/]: both paths on every photo enlarged to 12 megapixels; writes NAME.full.f32, NAME.scaled.f32";

    public static int Run(string[] arguments)
    {
        if (arguments.Length == 0 || !Directory.Exists(arguments[0]))
        {
            Console.Error.WriteLine("decode-parity: name an existing folder of JPEG photos");
            return 2;
        }

        var differences = new List<double>();
        foreach (var (name, full, scaled) in Tensors(arguments[0]))
        {
            differences.Add(full.Zip(scaled, (one, other) => Math.Abs(one - other)).Average() * 127.5);
            if (arguments.Length > 1)
            {
                Directory.CreateDirectory(arguments[1]);
                File.WriteAllBytes(Path.Combine(arguments[1], name + ".full.f32"), MemoryMarshal.AsBytes(full.AsSpan()));
                File.WriteAllBytes(Path.Combine(arguments[1], name + ".scaled.f32"), MemoryMarshal.AsBytes(scaled.AsSpan()));
            }
        }

        if (differences.Count == 0)
        {
            Console.Error.WriteLine($"decode-parity: no .jpg file in {arguments[0]}");
            return 2;
        }

        Console.WriteLine($"{differences.Count} photos; mean difference of a channel in grey levels: mean {differences.Average():0.00}, worst photo {differences.Max():0.00}");
        return 0;
    }

    /// <summary>For each photo its name and its tensor by full and by scaled decoding.</summary>
    public static IEnumerable<(string Name, float[] Full, float[] Scaled)> Tensors(string folder)
    {
        var (full, scaled, clock) = (Paths.Full(), Paths.Scaled(), new StageClock());
        foreach (var path in Directory.EnumerateFiles(folder, "*.jpg").Order(StringComparer.Ordinal))
        {
            var photo = LargePhoto.Enlarge(File.ReadAllBytes(path));
            var (fullTensor, scaledTensor) = (new float[Paths.Rule.TensorLength], new float[Paths.Rule.TensorLength]);
            clock.Start();
            full.Process(photo, fullTensor, clock);
            scaled.Process(photo, scaledTensor, clock);
            yield return (Path.GetFileNameWithoutExtension(path), fullTensor, scaledTensor);
        }
    }
}
