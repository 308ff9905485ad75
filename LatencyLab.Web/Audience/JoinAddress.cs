using System.Net;

namespace LatencyLab.Web.Audience;

/// <summary>The address behind the QR code.</summary>
/// <param name="Address">Where a phone goes.</param>
/// <param name="Hint">Why a phone cannot get there, and what to do; null where nothing speaks against it.</param>
public sealed record JoinAddress(Uri Address, string? Hint)
{
    /// <summary>Path of the phones' page.</summary>
    public const string Path = "join";

    /// <summary>The address as one types it: without the scheme where a browser adds it.</summary>
    public string Text => Address.Scheme == Uri.UriSchemeHttp ? Address.Authority + Address.AbsolutePath : Address.AbsoluteUri;

    /// <summary>The address of a code.</summary>
    /// <param name="publicAddress">The configured address of the server; null for that of the page.</param>
    /// <param name="page">The address under which the presenter has opened the page.</param>
    /// <param name="code">The code.</param>
    public static JoinAddress Of(string? publicAddress, Uri page, string code)
    {
        ArgumentNullException.ThrowIfNull(page);
        var root = publicAddress is null ? new Uri(page, "/") : new Uri(publicAddress.TrimEnd('/') + "/");
        return new JoinAddress(new Uri(root, $"{Path}/{code}"), HintOf(root));
    }

    /// <summary>Whether a configured address can be put in front of the path.</summary>
    public static bool IsUsable(string? publicAddress) => publicAddress is null
        || (Uri.TryCreate(publicAddress, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Query == "" && address.Fragment == "");

    private static string? HintOf(Uri root)
    {
        var local = root.IsLoopback
            || (IPAddress.TryParse(root.DnsSafeHost, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));
        return local
            ? $"Phones cannot reach {root.Host}: it names each machine itself. Start LatencyLab with --urls http://0.0.0.0:{root.Port} and open this page "
                + "by the machine's name or network address, or set LatencyLab:Audience:PublicAddress."
            : null;
    }
}
