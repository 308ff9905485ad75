using System.Text;
using System.Text.Json;
using LatencyLab.Inference.Hosting;

namespace LatencyLab.Inference.Sweeps;

/// <summary>
/// A file with one JSON object a line: what the sweep is, then each visit when it begins and when it has ended. A sweep that was
/// interrupted, however hard, goes on from there.
/// </summary>
public sealed class SweepJournal : IDisposable
{
    private const int Format = 1;
    private static readonly JsonSerializerOptions Json = new(ContractJson.Options) { WriteIndented = false };

    private readonly FileStream _file;
    private readonly Dictionary<VisitKey, int> _begun = [];
    private readonly Dictionary<VisitKey, CellVisit> _visits = [];

    private SweepJournal(FileStream file, SweepHeader header) => (_file, Header) = (file, header);

    /// <summary>What the sweep is.</summary>
    public SweepHeader Header { get; }

    /// <summary>Visits that have ended.</summary>
    internal IReadOnlyCollection<CellVisit> Visits => _visits.Values;

    /// <summary>Begins a journal.</summary>
    /// <param name="path">The file; there must be none yet.</param>
    /// <param name="header">What the sweep is.</param>
    /// <exception cref="IOException">The file is there already or cannot be written.</exception>
    public static SweepJournal Create(string path, SweepHeader header)
    {
        var journal = new SweepJournal(new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read), header);
        journal.Append(new Line { Sweep = header });
        return journal;
    }

    /// <summary>Opens a journal to go on.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="SweepException">The file is no journal of this version.</exception>
    /// <exception cref="IOException">The file cannot be written, perhaps because the sweep still runs.</exception>
    public static SweepJournal Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            return Read(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What a journal is of, also while the sweep runs; nothing is locked or changed.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="SweepException">The file is no journal of this version.</exception>
    public static SweepHeader ReadHeader(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        return reader.ReadLine() is { } line && Parse(line, path).Sweep is { Format: Format } header ? header : throw NoJournal(path);
    }

    /// <summary>How often a visit was begun.</summary>
    internal int Begun(VisitKey visit) => _begun.GetValueOrDefault(visit);

    /// <summary>Whether a visit has ended.</summary>
    internal bool Has(VisitKey visit) => _visits.ContainsKey(visit);

    /// <summary>Notes that a visit begins.</summary>
    internal void Begin(VisitKey visit)
    {
        _begun[visit] = Begun(visit) + 1;
        Append(new Line { Begun = visit });
    }

    /// <summary>Takes back that a visit began: it was cancelled.</summary>
    internal void Abandon(VisitKey visit)
    {
        _begun[visit] = Begun(visit) - 1;
        Append(new Line { Abandoned = visit });
    }

    /// <summary>Keeps what a visit measured; it is on the disk when this returns.</summary>
    internal void End(CellVisit visit)
    {
        _visits[visit.Key] = visit;
        Append(new Line { Visit = visit });
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SweepJournal Read(FileStream file, string path)
    {
        SweepJournal? journal = null;
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var whole = Array.LastIndexOf(content, (byte)'\n') + 1;
        foreach (var text in Encoding.UTF8.GetString(content, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var line = Parse(text, path);
            if (journal is null)
            {
                journal = line.Sweep is { Format: Format } header ? new SweepJournal(file, header) : throw NoJournal(path);
            }
            else
            {
                journal.Take(line);
            }
        }
        // A line that was cut off while it was written is written anew.
        file.SetLength(whole);
        file.Position = whole;
        return journal ?? throw NoJournal(path);
    }

    private void Take(Line line)
    {
        if (line.Begun is { } begun)
        {
            _begun[begun] = Begun(begun) + 1;
        }
        if (line.Abandoned is { } abandoned)
        {
            _begun[abandoned] = Begun(abandoned) - 1;
        }
        if (line.Visit is { } visit)
        {
            _visits[visit.Key] = visit;
        }
    }

    private void Append(Line line)
    {
        _file.Write(JsonSerializer.SerializeToUtf8Bytes(line, Json));
        _file.WriteByte((byte)'\n');
        _file.Flush(flushToDisk: true);
    }

    private static Line Parse(string text, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, Json) ?? throw NoJournal(path);
        }
        catch (JsonException)
        {
            throw NoJournal(path);
        }
    }

    private static SweepException NoJournal(string path) =>
        new($"{path} is no journal of a profile that this version can go on with. Name the file that an interrupted profile left.");

    private sealed record Line
    {
        public SweepHeader? Sweep { get; init; }

        public VisitKey? Begun { get; init; }

        public VisitKey? Abandoned { get; init; }

        public CellVisit? Visit { get; init; }
    }
}

/// <summary>What a journal is of.</summary>
public sealed record SweepHeader
{
    /// <summary>Version of the journal; 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Identifier of the sweep.</summary>
    public required string Id { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The processor that it was begun on.</summary>
    public required string Cpu { get; init; }

    /// <summary>What was asked for.</summary>
    public required SweepSettings Settings { get; init; }
}
