using LatencyLab.Tests.Sessions;

namespace LatencyLab.Tests.Evaluation;

/// <summary>The sample pictures of the web application as a collection with one folder a class.</summary>
internal static class LabelledSamples
{
    /// <summary>Copies them into a folder.</summary>
    /// <param name="folder">The folder; created when needed.</param>
    /// <param name="classes">Names of the classes, one a picture in turn; null for what the pictures show.</param>
    /// <returns>The folder.</returns>
    public static string CopyTo(string folder, IReadOnlyList<string>? classes = null)
    {
        var samples = Directory.GetFiles(SamplePicture.Folder, "*.jpg").Order().ToArray();
        for (var i = 0; i < samples.Length; i++)
        {
            var shown = Path.GetFileNameWithoutExtension(samples[i]) is "car" ? "automobile" : Path.GetFileNameWithoutExtension(samples[i]);
            var inner = Directory.CreateDirectory(Path.Combine(folder, classes?[i % classes.Count] ?? shown)).FullName;
            File.Copy(samples[i], Path.Combine(inner, $"{i}.jpg"));
        }
        return folder;
    }
}
