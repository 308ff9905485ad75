using System.Text.Json;
using LatencyLab.Inference.Hosting;
using Spectre.Console;

namespace LatencyLab.Cli;

/// <summary>What a verb prints: JSON for programs, tables for people, progress only on a terminal.</summary>
internal static class Output
{
    public static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, ContractJson.Options));

    public static Table Table(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)).NoWrap());
        }
        return table;
    }

    public static void Row(this Table table, params string[] cells) => table.AddRow(Array.ConvertAll(cells, Markup.Escape));

    public static void Print(Table table)
    {
        // Made anew each time: Spectre's own keeps the writer that the console had at first.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            // There is no terminal whose width could matter.
            console.Profile.Width = 250;
        }
        console.Write(table);
    }

    /// <summary>Runs work under a progress bar; without a terminal, or for JSON, there is none.</summary>
    public static Task<T> WithProgressAsync<T>(string title, bool json, Func<IProgress<double>, Task<T>> work)
    {
        if (json || Console.IsOutputRedirected)
        {
            return work(new ProgressTo(_ => { }));
        }
        return AnsiConsole.Progress().AutoClear(true).StartAsync(context =>
        {
            var bar = context.AddTask(Markup.Escape(title), maxValue: 1);
            return work(new ProgressTo(share => bar.Value = share));
        });
    }

    private sealed class ProgressTo(Action<double> set) : IProgress<double>
    {
        public void Report(double value) => set(value);
    }
}
