namespace LatencyLab.Inference.Models.Import;

/// <summary>
/// A folder in the making, or on its way out. It lies two levels deep, where no catalogue looks, on the disk of the models, so that a
/// model takes its place or leaves it in one step; what is not committed disappears.
/// </summary>
public sealed class StagingFolder : IDisposable
{
    private readonly string _target;
    private readonly string _workshop;

    /// <summary>Makes an empty folder.</summary>
    /// <param name="target">Folder of the models; created when needed.</param>
    public StagingFolder(string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        _target = System.IO.Path.GetFullPath(target);
        _workshop = System.IO.Path.Combine(_target, ".importing");
        var path = System.IO.Path.Combine(_workshop, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Another import has just removed the workshop behind itself.
            Directory.CreateDirectory(path);
        }
        Path = path;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Path of a file in it.</summary>
    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Puts it in its place under a name.</summary>
    /// <returns>Its new path.</returns>
    /// <exception cref="ModelRefusedException">The name is taken.</exception>
    public string Commit(string name)
    {
        var place = System.IO.Path.Combine(_target, name);
        try
        {
            // Fails if the place is taken, even if that happens in this very moment.
            Directory.Move(Path, place);
            return place;
        }
        catch (IOException error) when (Directory.Exists(place) || File.Exists(place))
        {
            throw new ModelRefusedException(ImportRefusal.IdTaken, $"There is a model `{name}` already. Choose another identifier.", error);
        }
    }

    /// <summary>Takes a folder out of its place, to disappear with this one.</summary>
    /// <param name="name">Its name in the folder of the models.</param>
    /// <exception cref="IOException">It is not there, or a file in it is held open.</exception>
    public void TakeOut(string name) => Directory.Move(System.IO.Path.Combine(_target, name), PathOf(name));

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }
            // Fails while another import is at work, which then does it.
            Directory.Delete(_workshop);
        }
        catch (IOException)
        {
        }
    }
}
