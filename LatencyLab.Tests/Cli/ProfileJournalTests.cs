using System.Text.Json;
using LatencyLab.Inference.Sweeps;
using LatencyLab.Tests.Requirements;

namespace LatencyLab.Tests.Cli;

/// <summary>What <c>latencylab profile</c> keeps, and for how long: minutes of measuring must not be lost.</summary>
[Collection(nameof(CommandLine))]
public sealed class ProfileJournalTests : IDisposable
{
    // Where the system looks for its folder of temporary files, and so journals go.
    private static readonly string Variable = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latencylab-profile-test-");
    private readonly string? _temporary = Environment.GetEnvironmentVariable(Variable);

    public ProfileJournalTests() => Environment.SetEnvironmentVariable(Variable, _folder.FullName);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _temporary);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Output_InAFolderThatIsNotThere_IsRefusedBeforeAnythingIsMeasured()
    {
        var file = Path.Combine(_folder.FullName, "nowhere", "profile.json");

        var (exitCode, output, error) = await CommandLine.RunAsync("profile", "--variant", "int8", "--batches", "1", "--runs", "1", "--output", file);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("--output: " + file, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(Journals());
    }

    [Fact]
    public async Task Output_ThatIsThereAlready_IsLeftAsItIsWhereTheProfileIsRefused()
    {
        var file = Path.Combine(_folder.FullName, "profile.json");
        await File.WriteAllTextAsync(file, "an older profile");

        var (exitCode, _, _) = await CommandLine.RunAsync("profile", "--batches", "0", "--output", file);

        Assert.Equal(2, exitCode);
        Assert.Equal("an older profile", await File.ReadAllTextAsync(file));
    }

    [FullDiskFact]
    public async Task Output_ThatCannotBeWrittenInTheEnd_LeavesTheJournalToGoOnWith()
    {
        var journal = Measured();

        var (exitCode, _, error) = await CommandLine.RunAsync("profile", "--resume", journal, "--output", FullDiskFactAttribute.File);
        var file = Path.Combine(_folder.FullName, "profile.json");
        var again = await CommandLine.RunAsync("profile", "--resume", journal, "--output", file);

        Assert.Equal(1, exitCode);
        Assert.Contains($"--resume {journal}", error, StringComparison.Ordinal);
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(30, JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement.GetProperty("coldStart").GetProperty("runs").GetInt32());
        Assert.False(File.Exists(journal));
    }

    [Fact]
    public async Task Journal_OfANewProfile_IsNamedAtTheStartAndGoneAtTheEnd()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(
            "profile", "--variant", "int8", "--batches", "1", "--runs", "1", "--repetitions", "1", "--warmup", "0", "--json");

        Assert.True(exitCode == 0, error);
        var id = JsonDocument.Parse(output).RootElement.GetProperty("id").GetString();
        Assert.Contains(Path.Combine(_folder.FullName, $"latencylab-profile-{id}.jsonl"), error, StringComparison.Ordinal);
        Assert.Contains("--resume", error, StringComparison.Ordinal);
        Assert.Empty(Journals());
    }

    [Fact]
    public async Task Variant_ThatIsNotThere_LeavesNoJournalBehind()
    {
        var (exitCode, _, _) = await CommandLine.RunAsync("profile", "--variant", "nope");

        Assert.Equal(2, exitCode);
        Assert.Empty(Journals());
    }

    [Fact]
    public async Task Resume_WithAnotherModel_IsRefusedAndWithTheSameIsNot()
    {
        var journal = Measured();

        var (exitCode, _, error) = await CommandLine.RunAsync("profile", "cifar10_resnet9_small", "--resume", journal);
        var same = await CommandLine.RunAsync("profile", "cifar10_resnet9", "--resume", journal);

        Assert.Equal(2, exitCode);
        Assert.Contains("is of cifar10_resnet9, not of cifar10_resnet9_small", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.True(same.ExitCode == 0, same.Error);
    }

    [Fact]
    public async Task ColdStarts_ThatAreExplained_HaveTheFeaturesUnitsAndDescriptions()
    {
        var (exitCode, output, error) = await CommandLine.RunAsync("profile", "--resume", Measured());

        Assert.True(exitCode == 0, error);
        var feature = Assert.Single(output.Split('\n'), line => line.Contains("process.threads", StringComparison.Ordinal));
        Assert.Matches(@"before\.process\.threads +count +\d\.\d+ ± \d\.\d+  Threads of this process\.", feature);
        Assert.Contains("Intra-op threads of the session.", output, StringComparison.Ordinal);
    }

    /// <summary>The journal of a profile with nothing left to measure; its cold starts take the longer the more threads there are.</summary>
    private string Measured()
    {
        var settings = new SweepSettings { ModelId = "cifar10_resnet9", VariantIds = ["int8"], Batches = [1], Repetitions = 30, Runs = 30 };
        var path = Path.Combine(_folder.FullName, "journal.jsonl");
        using var journal = SweepJournal.Create(path, SweepRunner.Begin(settings, DateTimeOffset.UtcNow));
        for (var repetition = 0; repetition < settings.Repetitions; repetition++)
        {
            var threads = 10 + (repetition * 7 % 30);
            journal.End(new CellVisit
            {
                Key = new VisitKey(new CellKey("int8", 32, 1), repetition),
                ColdStartMs = 5 * threads,
                RunsMs = [1.5],
                Features = new Dictionary<string, double> { ["before.process.threads"] = threads, ["cell.threads"] = threads },
            });
        }
        return path;
    }

    private IEnumerable<string> Journals() => _folder.EnumerateFiles("latencylab-profile-*.jsonl").Select(file => file.Name);
}
