using System.Text.Json;
using LatencyLab.Inference.Hosting;
using LatencyLab.Inference.Sweeps;
using Microsoft.Extensions.Options;

namespace LatencyLab.Web.Profiles;

/// <summary>Profiles as files under <c>LatencyLab:DataPath</c>: <c>ID.jsonl</c> while they are measured, <c>ID.json</c> when they are done.</summary>
internal sealed class ProfileStore(IOptions<LatencyLabOptions> options)
{
    private const string Journal = ".jsonl";
    private const string Result = ".json";
    private readonly string _folder = Path.Combine(DataPath(options.Value), "profiles");

    /// <summary>Identifiers of profiles that are done.</summary>
    public IReadOnlyList<string> Done => Ids(Result);

    /// <summary>Identifiers of profiles that are not.</summary>
    public IReadOnlyList<string> Begun => Ids(Journal);

    /// <summary>Writes a new journal.</summary>
    public void Begin(SweepHeader header)
    {
        Directory.CreateDirectory(_folder);
        SweepJournal.Create(PathOf(header.Id, Journal), header).Dispose();
    }

    /// <summary>Opens a journal to go on; null where there is none.</summary>
    /// <exception cref="IOException">The profile is being measured.</exception>
    public SweepJournal? Open(string id) => Has(id, Journal) ? SweepJournal.Open(PathOf(id, Journal)) : null;

    /// <summary>What a journal is of, also while it is written; null where there is none that can be gone on with.</summary>
    public SweepHeader? HeaderOf(string id)
    {
        try
        {
            return Has(id, Journal) ? SweepJournal.ReadHeader(PathOf(id, Journal)) : null;
        }
        catch (Exception error) when (error is IOException or SweepException)
        {
            // It ended just now, or another version wrote it.
            return null;
        }
    }

    /// <summary>Keeps a result in place of its journal, which the caller has closed.</summary>
    public void Keep(SweepResult result)
    {
        var path = PathOf(result.Id, Result);
        // Written aside first: a result that is there is whole.
        File.WriteAllText(path + ".part", JsonSerializer.Serialize(result, ContractJson.Options));
        File.Move(path + ".part", path, overwrite: true);
        File.Delete(PathOf(result.Id, Journal));
    }

    /// <summary>Removes a profile, done or not, which nobody measures.</summary>
    public void Remove(string id)
    {
        foreach (var kind in new[] { Journal, Result }.Where(kind => Has(id, kind)))
        {
            File.Delete(PathOf(id, kind));
        }
    }

    /// <summary>A result; null where there is none.</summary>
    public SweepResult? Find(string id)
    {
        if (!Has(id, Result))
        {
            return null;
        }
        using var file = File.OpenRead(PathOf(id, Result));
        return JsonSerializer.Deserialize<SweepResult>(file, ContractJson.Options);
    }

    /// <summary>An identifier is 32 hexadecimal digits; anything else could name another folder.</summary>
    private bool Has(string id, string kind) => Guid.TryParseExact(id, "N", out _) && File.Exists(PathOf(id, kind));

    private string PathOf(string id, string kind) => Path.Combine(_folder, id + kind);

    private IReadOnlyList<string> Ids(string kind) => Directory.Exists(_folder)
        ? [.. Directory.EnumerateFiles(_folder).Where(file => Path.GetExtension(file) == kind).Select(file => Path.GetFileNameWithoutExtension(file)!)]
        : [];

    private static string DataPath(LatencyLabOptions options)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return options.DataPath ?? Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "LatencyLab");
    }
}
