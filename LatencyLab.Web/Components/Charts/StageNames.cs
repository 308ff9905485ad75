using System.Text.Json;
using LatencyLab.Inference.Measurement;

namespace LatencyLab.Web.Components.Charts;

/// <summary>What stages are called.</summary>
public static class StageNames
{
    /// <summary>The stage's name in JSON, in the legend and in the colour tokens alike.</summary>
    public static string Key(this Stage stage) => JsonNamingPolicy.CamelCase.ConvertName(stage.ToString());

    /// <summary>What happens in a stage, in a few words.</summary>
    public static string Meaning(this Stage stage) => stage switch
    {
        Stage.Upload => "picture to server",
        Stage.Queue => "waiting for a free place",
        Stage.Decode => "file to pixels",
        Stage.Resize => "pixels to the model's size",
        Stage.Normalize => "pixels to tensor",
        Stage.Network => "to the remote service and back",
        Stage.Inference => "the model itself",
        Stage.Postprocess => "scores to ranked classes",
        Stage.Render => "result to painted pixel",
        _ => "total minus all named stages",
    };
}
