using System.Security.Claims;

namespace LatencyLab.Web.Audience;

/// <summary>Who steers the run and decides on photos: a role that whoever is at this machine has, and whoever has the key.</summary>
public static class Presenter
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string Scheme = "Presenter";

    /// <summary>Name of the role.</summary>
    public const string Role = "presenter";

    /// <summary>
    /// A user with the role. It is nobody in particular and so not authenticated: antiforgery would tie its tokens to it, and a page that
    /// was open before the key was given could send nothing more.
    /// </summary>
    public static ClaimsPrincipal Create() => new(new ClaimsIdentity([new Claim(ClaimTypes.Role, Role)]));

    /// <summary>Whether a user steers: where there is no audience, everyone does.</summary>
    public static bool MaySteer(this ClaimsPrincipal user, AudienceDoor door)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(door);
        return !door.IsEnabled || user.IsInRole(Role);
    }
}
