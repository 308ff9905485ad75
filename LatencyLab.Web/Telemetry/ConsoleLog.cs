using Microsoft.Extensions.Logging.Console;

namespace LatencyLab.Web.Telemetry;

/// <summary>The log on the console, every entry with its request's identifier.</summary>
internal static class ConsoleLog
{
    /// <summary>
    /// One JSON object a line where a program reads it, as in a container; words on a terminal. <c>Logging:Console:FormatterName</c> decides
    /// otherwise.
    /// </summary>
    public static void AddConsoleLog(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Logging:Console:FormatterName"] is not null)
        {
            return;
        }
        if (Console.IsOutputRedirected)
        {
            builder.Logging.AddJsonConsole(console => Complete(console, "O"));
        }
        else
        {
            builder.Logging.AddSimpleConsole(console => Complete(console, timestampFormat: null));
        }
    }

    private static void Complete(ConsoleFormatterOptions console, string? timestampFormat) =>
        (console.IncludeScopes, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, timestampFormat);
}
