using LatencyLab.Inference.Models;
using LatencyLab.Inference.Sessions;

namespace LatencyLab.Inference.Layers;

/// <summary>A session that writes the runtime's profile into a folder of its own, which goes with it.</summary>
internal sealed class ProfiledSession : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latencylab-layers-");
    private readonly LoadedSession? _loaded;

    /// <summary>Loads the model.</summary>
    /// <exception cref="InvalidModelException">The file is damaged, or is not what the card describes.</exception>
    /// <exception cref="Microsoft.ML.OnnxRuntime.OnnxRuntimeException">The runtime refuses the model or the provider.</exception>
    public ProfiledSession(Model model, ModelFile file, VariantOptions options, int threads)
    {
        try
        {
            _loaded = SessionFactory.Create(NamedModel.Of(file, _folder.FullName), options, threads, Path.Combine(_folder.FullName, "profile"));
            Bound = new BoundSession(_loaded.Session, model, options.IoBinding);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the profile is written.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The session with its memory.</summary>
    public BoundSession Bound { get; } = null!;

    /// <summary>Ends the profile and reads it; no run may follow.</summary>
    /// <param name="skippedRuns">Runs at the beginning that are not counted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<ProfiledNode>> ReadAsync(int skippedRuns, CancellationToken cancellationToken)
    {
        await using var profile = File.OpenRead(_loaded!.Session.EndProfiling());
        return await ProfileReader.ReadAsync(profile, skippedRuns, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Bound?.Dispose();
        // The session writes what is left of its profile when it goes: the folder goes after it.
        _loaded?.Session.Dispose();
        _folder.Delete(recursive: true);
    }
}
