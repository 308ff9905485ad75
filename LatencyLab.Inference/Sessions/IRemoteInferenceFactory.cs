using LatencyLab.Inference.Models;

namespace LatencyLab.Inference.Sessions;

/// <summary>Reaches the services that run remote variants, so that sessions need not know how.</summary>
public interface IRemoteInferenceFactory
{
    /// <summary>Waits until the service answers for the model, and checks that its inputs and outputs are those of the card.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">A variant with <see cref="VariantOptions.Remote"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="HttpRequestException">The service cannot be used; the message names its address and the fix.</exception>
    Task ConnectAsync(Model model, VariantOptions options, CancellationToken cancellationToken);

    /// <summary>Memory of its own for requests to a service that was connected before.</summary>
    IInference Create(Model model, VariantOptions options);
}
