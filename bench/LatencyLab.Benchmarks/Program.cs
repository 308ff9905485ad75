using LatencyLab.Benchmarks;

(string Verb, string Does, Func<string[], int> Run)[] verbs =
[
    ("speedup", SpeedupVerb.Summary, SpeedupVerb.Run),
    ("files", FilesVerb.Summary, FilesVerb.Run),
    ("overhead", OverheadVerb.Summary, OverheadVerb.Run),
    ("monitor", MonitorVerb.Summary, MonitorVerb.Run),
    ("memory", MemoryVerb.Summary, MemoryVerb.Run),
    ("decode", DecodeVerb.Summary, DecodeVerb.Run),
    ("quantize", QuantizeVerb.Summary, QuantizeVerb.Run),
    ("agreement", AgreementVerb.Summary, AgreementVerb.Run),
    ("load", LoadVerb.Summary, LoadVerb.Run),
    ("live", LiveVerb.Summary, LiveVerb.Run),
    ("decode-parity", DecodeParityVerb.Summary, DecodeParityVerb.Run),
];

var chosen = Array.Find(verbs, verb => args.Length > 0 && verb.Verb == args[0]);
if (chosen.Run is not null)
{
    return chosen.Run(args[1..]);
}

Console.Error.WriteLine("usage: dotnet run -c Release --project bench/LatencyLab.Benchmarks -- <verb> [arguments]");
foreach (var (verb, does, _) in verbs)
{
    Console.Error.WriteLine($"  {verb,-14} {does}");
}

return 2;
