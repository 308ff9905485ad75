using System.Net;

namespace LatencyLab.Inference.Remote;

/// <summary>A remote service cannot be reached, refuses, or answers wrongly; the message names its address and the fix.</summary>
public sealed class RemoteInferenceException(string message, HttpStatusCode? status = null, Exception? innerException = null)
    : HttpRequestException(message, innerException, status);
