namespace LatencyLab.Tests.Sessions;

/// <summary>The sample pictures of the web application.</summary>
internal static class SamplePicture
{
    public static string Folder { get; } = Repository.PathOf("wwwroot-assets/samples");

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
