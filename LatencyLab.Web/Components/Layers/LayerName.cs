namespace LatencyLab.Web.Components.Layers;

/// <summary>Names of layers for narrow places.</summary>
public static class LayerName
{
    private const int KeptParts = 2;

    /// <summary>The last parts of an exporter's path: what tells layers apart stands at its end.</summary>
    public static string Short(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length <= KeptParts ? name : string.Join('/', parts[^KeptParts..]);
    }
}
