using LatencyLab.Inference.Sweeps;

namespace LatencyLab.Tests.Sweeps;

public sealed class SweepJournalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latencylab-journal-");
    private static readonly VisitKey First = new(new CellKey("int8", 32, 4), 0);
    private static readonly VisitKey Second = new(new CellKey("int8", 32, 4), 1);

    [Fact]
    public void Header_OfAJournalThatIsBeingWritten_CanBeReadBesides()
    {
        using var journal = SweepJournal.Create(Path(), Header());
        journal.Begin(First);

        Assert.Equal(journal.Header.Id, SweepJournal.ReadHeader(Path()).Id);
    }

    [Fact]
    public void Journal_OpenedAgain_KnowsWhatHasEnded()
    {
        using (var journal = SweepJournal.Create(Path(), Header()))
        {
            journal.Begin(First);
            journal.End(Visit(First));
            journal.Begin(Second);
        }

        using var again = SweepJournal.Open(Path());

        Assert.Equal([4, 8], again.Header.Settings.Batches);
        var visit = Assert.Single(again.Visits);
        Assert.Equal(First, visit.Key);
        Assert.Equal(12.5, visit.ColdStartMs);
        Assert.Equal([2.0, 3.0], visit.RunsMs);
        Assert.Equal(0.25, visit.Features["before.cpu.busy"]);
        Assert.True(again.Has(First) && !again.Has(Second));
        Assert.Equal(1, again.Begun(Second));
    }

    [Fact]
    public void Journal_CutOffInTheMiddleOfALine_LosesOnlyThatLine()
    {
        using (var journal = SweepJournal.Create(Path(), Header()))
        {
            journal.End(Visit(First));
            journal.End(Visit(Second));
        }
        using (var file = File.OpenWrite(Path()))
        {
            file.SetLength(file.Length - 10);
        }

        using (var again = SweepJournal.Open(Path()))
        {
            Assert.Equal(First, Assert.Single(again.Visits).Key);
            again.End(Visit(Second));
        }
        using var whole = SweepJournal.Open(Path());
        Assert.Equal(2, whole.Visits.Count);
    }

    [Fact]
    public void AVisit_ThatWasCancelled_CountsAsNotBegun()
    {
        using (var journal = SweepJournal.Create(Path(), Header()))
        {
            journal.Begin(First);
            journal.Abandon(First);
        }

        using var again = SweepJournal.Open(Path());
        Assert.Equal(0, again.Begun(First));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}\n")]
    [InlineData("a photo\n")]
    [InlineData("{\"sweep\":{\"format\":2,\"id\":\"a\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"cpu\":\"\",\"settings\":{\"modelId\":\"m\",\"variantIds\":[]}}}\n")]
    public void AFile_ThatIsNoJournal_IsRefused(string text)
    {
        File.WriteAllText(Path(), text);

        Assert.Contains(Path(), Assert.Throws<SweepException>(() => SweepJournal.Open(Path())).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Path() => System.IO.Path.Combine(_folder.FullName, "sweep.jsonl");

    private static SweepHeader Header() => new()
    {
        Id = "a", CreatedAt = DateTimeOffset.UnixEpoch, Cpu = "some", Settings = new() { ModelId = "m", VariantIds = ["int8"], Batches = [4, 8] },
    };

    private static CellVisit Visit(VisitKey key) => new()
    {
        Key = key, ColdStartMs = 12.5, RunsMs = [2, 3], Features = new Dictionary<string, double> { ["before.cpu.busy"] = 0.25 },
    };
}
