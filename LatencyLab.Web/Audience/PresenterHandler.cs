using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Audience;

/// <summary>Makes a presenter of whoever is at this machine or has proven the key; a circuit's user is that of its connection.</summary>
internal sealed class PresenterHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, PresenterKey key)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        ThisMachine.Sent(Request) || key.IsProvenBy(Request.Cookies[PresenterKey.Cookie])
            ? AuthenticateResult.Success(new AuthenticationTicket(Presenter.Create(), Scheme.Name))
            : AuthenticateResult.NoResult());
}
