namespace LatencyLab.Web.Components.Picture;

/// <summary>A picture that comes with the product.</summary>
/// <param name="File">File name, which is also its image id.</param>
/// <param name="Title">What it shows.</param>
public sealed record Sample(string File, string Title)
{
    /// <summary>Where the browser gets it.</summary>
    public string Url => $"samples/{Uri.EscapeDataString(File)}";
}
