using System.ComponentModel.DataAnnotations;
using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>How a model is run. Bound from <c>LatencyLab:Variants</c>.</summary>
public sealed record VariantOptions
{
    /// <summary>Identifier: lower-case letters, digits and dashes.</summary>
    [Required, RegularExpression("^[a-z0-9][a-z0-9-]{0,39}$")]
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    [Required]
    public required string Title { get; init; }

    /// <summary>One sentence: what is different about it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Precision of weights and activations.</summary>
    /// <value><c>fp32</c>, <c>fp16</c> or <c>int8</c>. The default value is <c>fp32</c>.</value>
    [AllowedValues(Precisions.Fp32, Precisions.Fp16, Precisions.Int8)]
    public string Precision { get; init; } = Precisions.Fp32;

    /// <summary>Execution provider; <c>auto</c> takes the best that starts on this machine: TensorRT, CUDA, CPU.</summary>
    /// <value><c>cpu</c>, <c>cuda</c>, <c>tensorrt</c> or <c>auto</c>. The default value is <c>cpu</c>.</value>
    [AllowedValues("cpu", "cuda", "tensorrt", "auto")]
    public string Provider { get; init; } = "cpu";

    /// <summary>How much the runtime rewrites the graph.</summary>
    /// <value><c>disabled</c>, <c>basic</c>, <c>extended</c> or <c>all</c>. The default value is <c>all</c>.</value>
    [AllowedValues("disabled", "basic", "extended", "all")]
    public string GraphOptimization { get; init; } = "all";

    /// <summary>Intra-op threads, the caller's included; 0 measures 1, 2, 4, … up to the processor count at load and keeps the fastest.</summary>
    /// <value>0 to 256. The default value is 1.</value>
    [Range(0, 256)]
    public int Threads { get; init; } = 1;

    /// <summary>Whether inputs and outputs are bound to memory once rather than named on every run.</summary>
    /// <value>The default value is true.</value>
    public bool IoBinding { get; init; } = true;

    /// <summary>
    /// Base address of an Open Inference Protocol v2 service that runs the model instead of this process; null for local variants.
    /// The picture is still prepared here. What else is set then only says what is known of the service.
    /// </summary>
    /// <value>For instance <c>http://triton:8000</c>. Null by default.</value>
    [Url]
    public string? Remote { get; init; }

    /// <summary>The version to ask the remote service for: a number for Triton, a variant's identifier for LatencyLab.</summary>
    /// <value>Null by default: the service chooses.</value>
    public string? RemoteVersion { get; init; }
}
