using System.Text.Json;
using LatencyLab.Inference.Hosting;

namespace LatencyLab.Web.History;

/// <summary>How the history writes JSON: the contracts' rules, without white space.</summary>
internal static class HistoryJson
{
    /// <summary>For what this program wrote itself.</summary>
    public static JsonSerializerOptions Options { get; } = ContractJson.Configure(new JsonSerializerOptions());

    /// <summary>For what someone else wrote: null where the contract has none is an error.</summary>
    public static JsonSerializerOptions Strict { get; } = ContractJson.Configure(new JsonSerializerOptions { RespectNullableAnnotations = true });
}
