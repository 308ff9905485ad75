namespace LatencyLab.Web.Components.Controls;

/// <summary>The drawings that <see cref="Icon"/> knows.</summary>
public enum IconName
{
    Sun, Moon, Monitor, Picture, Camera, Check, Differs, Alert, Link, Download, Play, Pause, Stop, Close, Bulb, Chip,
}
