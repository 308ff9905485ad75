using LatencyLab.Inference.Hosting;
using LatencyLab.Web.Audience;
using LatencyLab.Web.Components.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Components.Pages;

/// <summary>Where the QR code leads: a phone sends one photo and hears what became of it.</summary>
public sealed partial class Join
{
    private Problem? _refusal;

    [Inject]
    public required AudienceDoor Door { get; init; }

    [Inject]
    public required IOptions<LatencyLabOptions> Limits { get; init; }

    /// <summary>The code from the presenter's screen.</summary>
    [Parameter]
    public string? Code { get; set; }

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    protected override void OnInitialized()
    {
        if (!Door.IsEnabled)
        {
            Refuse(StatusCodes.Status404NotFound, new Problem("Photos cannot be sent here", "This LatencyLab has no audience door; its operator may switch it on."));
        }
        else if (!Door.Admits(Code))
        {
            Refuse(StatusCodes.Status403Forbidden, new Problem(
                "This invitation is not valid", "Scan the code on the presenter's screen again. Perhaps there is a new one, or the door is closed."));
        }
    }

    private void Refuse(int status, Problem refusal)
    {
        _refusal = refusal;
        // At the last moment: a page that says 404 while it renders is sent without its content.
        HttpContext?.Response.OnStarting(() =>
        {
            HttpContext.Response.StatusCode = status;
            return Task.CompletedTask;
        });
    }
}
