using System.IO.Compression;
using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Evaluation;

/// <summary>Zip archives of labelled pictures, good and bad.</summary>
internal static class LabelledZip
{
    /// <summary>The sample pictures, one folder a class.</summary>
    public static byte[] OfSamples() => Of([.. Directory.GetFiles(SamplePicture.Folder, "*.jpg").Order().Select(path =>
        ($"{(Path.GetFileNameWithoutExtension(path) is "car" ? "automobile" : Path.GetFileNameWithoutExtension(path))}/0001.jpg", File.ReadAllBytes(path)))]);

    /// <summary>An archive of these files.</summary>
    public static byte[] Of(params (string Name, byte[] Content)[] files)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return memory.ToArray();
    }

    /// <summary>One picture of zeros, of which the index says that it has <paramref name="stated"/> bytes.</summary>
    public static byte[] WithStatedSize(int bytes, int stated)
    {
        var archive = Of(("cat/0001.jpg", new byte[bytes]));
        // The uncompressed size is 22 bytes into a file's own header and 24 into its entry in the index.
        BitConverter.GetBytes(stated).CopyTo(archive, 22);
        BitConverter.GetBytes(stated).CopyTo(archive, archive.AsSpan().LastIndexOf("PK\x01\x02"u8) + 24);
        return archive;
    }
}
