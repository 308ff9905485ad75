using System.Diagnostics;
using LatencyLab.Inference.Models;
using LatencyLab.Inference.Runtime;
using LatencyLab.Inference.Sessions;
using LatencyLab.Inference.Sweeps.ColdStart;

namespace LatencyLab.Inference.Sweeps;

/// <summary>
/// Sweeps input size, batch size and variant: latency, throughput, peak memory, cold start and warm-up of each cell. Every cell is
/// visited several times in random order, each time with a session of its own.
/// </summary>
/// <param name="gate">Visits wait for their turn there and then have the classifier to themselves.</param>
public sealed class SweepRunner(ClassifierGate gate)
{
    /// <summary>How often a visit may be begun: a process that ends in the same visit twice will do so again.</summary>
    private const int MostAttempts = 2;

    /// <summary>Header of a new sweep's journal.</summary>
    /// <param name="settings">What to measure.</param>
    /// <param name="createdAt">Now.</param>
    /// <exception cref="SweepException">The settings make no sense; the message says what to change.</exception>
    public static SweepHeader Begin(SweepSettings settings, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Problem() is { } problem)
        {
            throw new SweepException(problem);
        }
        return new SweepHeader { Id = Guid.NewGuid().ToString("N"), CreatedAt = createdAt, Cpu = CpuCapabilities.Current.Model, Settings = settings };
    }

    /// <summary>Measures what the journal does not have yet, and puts everything together.</summary>
    /// <param name="journal">A journal, new or of an interrupted sweep. Stays the caller's; what was measured is in it whatever happens.</param>
    /// <param name="variants">The variants that its settings name, ready and local.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancellationToken">Stops a model before its next layer; the journal can be gone on with.</param>
    /// <exception cref="SweepException">The journal was begun on another processor, or a variant is missing or remote.</exception>
    /// <exception cref="InvalidModelException">A model file is damaged.</exception>
    public async Task<SweepResult> RunAsync(
        SweepJournal journal, IReadOnlyList<Variant> variants, IProgress<SweepProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(variants);
        Check(journal.Header, variants);
        var settings = journal.Header.Settings;
        var plan = await Task.Run(() => new SweepPlan(settings, variants), cancellationToken);
        var byId = variants.ToDictionary(variant => variant.Options.Id);
        var guard = new MemoryGuard();
        foreach (var visit in journal.Visits)
        {
            guard.Learn(visit);
        }
        using var features = new ColdStartFeatures();
        using var cells = new CellRunner(gate, features);
        var work = new Work(plan, journal, progress);
        foreach (var key in plan.Visits.Where(key => !journal.Has(key)).ToArray())
        {
            work.Report(key.Cell);
            var visit = await VisitAsync(key);
            guard.Learn(visit);
            journal.End(visit);
            work.Done(key.Cell);
        }
        return Result(journal, plan, variants, features);

        async Task<CellVisit> VisitAsync(VisitKey key)
        {
            if (guard.Refusal(key.Cell) is { } refusal)
            {
                return new CellVisit { Key = key, Failure = refusal };
            }
            if (journal.Begun(key) >= MostAttempts)
            {
                return new CellVisit { Key = key, Failure = "the process ended twice in this cell, perhaps for want of memory" };
            }
            journal.Begin(key);
            try
            {
                return await cells.VisitAsync(key, byId[key.Cell.VariantId], settings, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                journal.Abandon(key);
                throw;
            }
        }
    }

    /// <summary>Refuses a sweep that cannot be made here; <see cref="RunAsync"/> looks itself.</summary>
    /// <param name="header">What the sweep is.</param>
    /// <param name="variants">The variants that its settings name.</param>
    /// <exception cref="SweepException">It was begun on another processor, or a variant is missing or remote.</exception>
    public static void Check(SweepHeader header, IReadOnlyList<Variant> variants)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(variants);
        if (header.Cpu != CpuCapabilities.Current.Model)
        {
            throw new SweepException(
                $"This profile was begun on another machine ({header.Cpu}, not {CpuCapabilities.Current.Model}). Go on with it there, or begin a new one.");
        }
        foreach (var id in header.Settings.VariantIds)
        {
            var variant = variants.FirstOrDefault(variant => variant.Options.Id == id && variant.Model.Id == header.Settings.ModelId)
                ?? throw new SweepException($"Variant `{id}` of {header.Settings.ModelId} is not ready.");
            if (variant.File is null)
            {
                throw new SweepException($"Variant `{id}` runs on another machine: its sessions cannot be made here. Leave it out.");
            }
        }
    }

    private static SweepResult Result(SweepJournal journal, SweepPlan plan, IReadOnlyList<Variant> variants, ColdStartFeatures features)
    {
        var header = journal.Header;
        var cells = SweepSummary.OfCells(plan.Cells, journal.Visits, header.Settings.ModelId);
        return new SweepResult
        {
            Id = header.Id,
            CreatedAt = header.CreatedAt,
            Environment = EnvironmentProbe.Read(variants.Any(variant => variant.Facts.Provider != ExecutionProviders.Cpu)),
            Settings = header.Settings,
            Variants = [.. variants.Select(Describe)],
            Cells = cells,
            Fits = SweepSummary.OfFits(cells),
            ColdStart = features.Describe(ColdStartRanking.Explain(journal.Visits.Where(visit => visit.ColdStartMs is not null))),
            Notes =
            [
                .. plan.Notes,
                "Time is that of the model alone, on an input that is ready; the batch is one run.",
                "A cold start is the creation of a session and its first run, with the model file in the system's cache.",
                "Peak memory is how far this process' main memory grew during a visit.",
                ArenaNote(cells),
            ],
        };
    }

    private static string ArenaNote(IReadOnlyList<SweepCell> cells) => cells.Any(cell => cell.ArenaBytes is not null)
        ? "The arena is the session's own pool of memory, and its figure the most that was in use at a time: the tensors between the layers, and "
            + "INT8 weights packed for them. FP32 weights, input and output lie outside."
        : "How much of its arena a session had in use is not known: this runtime does not tell.";

    private static SweptVariant Describe(Variant variant) => new(
        variant.Options.Id, variant.Options.Title, variant.Model.Id, variant.Options.Precision, variant.Facts.Provider, variant.Facts.Threads,
        variant.Options.GraphOptimization, variant.Facts.ModelSizeBytes);

    /// <summary>How much is done, and how long the rest will take.</summary>
    private sealed class Work(SweepPlan plan, SweepJournal journal, IProgress<SweepProgress>? progress)
    {
        private readonly long _began = Stopwatch.GetTimestamp();
        private readonly double _all = plan.Visits.Sum(key => plan.WeightOf(key.Cell));
        private readonly double _before = plan.Visits.Where(journal.Has).Sum(key => plan.WeightOf(key.Cell));
        private double _now;
        private int _visits = plan.Visits.Count(journal.Has);

        public void Done(CellKey cell)
        {
            _now += plan.WeightOf(cell);
            _visits++;
            Report(cell);
        }

        public void Report(CellKey cell)
        {
            double? remaining = _now > 0 ? Stopwatch.GetElapsedTime(_began).TotalMilliseconds * (_all - _before - _now) / _now : null;
            progress?.Report(new SweepProgress(cell.ToString(), _visits, plan.Visits.Count, (_before + _now) / _all, remaining));
        }
    }
}
