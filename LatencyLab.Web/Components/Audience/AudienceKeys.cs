using Microsoft.AspNetCore.Components.Web;

namespace LatencyLab.Web.Components.Audience;

/// <summary>What a presenter may do with a photo.</summary>
internal enum AudienceDecision
{
    None, Approve, Decline,
}

/// <summary>The presenter's keys: a approves, d declines. They work while the focus is among the photos, and nowhere else.</summary>
internal static class AudienceKeys
{
    public static AudienceDecision Of(KeyboardEventArgs key) => key is { CtrlKey: false, AltKey: false, MetaKey: false, Repeat: false }
        ? key.Key switch
        {
            "a" or "A" => AudienceDecision.Approve,
            "d" or "D" => AudienceDecision.Decline,
            _ => AudienceDecision.None,
        }
        : AudienceDecision.None;
}
