using System.Diagnostics;
using LatencyLab.Tests.Requirements;
using Npgsql;

namespace LatencyLab.Tests.History;

/// <summary>A PostgreSQL server of our own in a temporary folder, reached through a Unix socket. It refuses to run as root.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string SystemUser = "postgres";

    private readonly string _folder;

    private PostgresServer(string folder) => _folder = folder;

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer(Directory.CreateTempSubdirectory("latencylab-pg-").FullName);
        if (Environment.UserName == "root")
        {
            await ExecuteAsync("chown", SystemUser, server._folder);
        }
        await RunAsync("initdb", "-D", server.Data, "-U", SystemUser, "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
        await RunAsync(
            "pg_ctl", "-D", server.Data, "-w", "-t", "120", "-l", Path.Combine(server._folder, "log"),
            "-o", $"-k {server._folder} -c listen_addresses= -c max_connections=50", "start");
        return server;
    }

    /// <summary>A fresh, empty database.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private string ConnectionString(string database) => $"Host={_folder};Username={SystemUser};Database={database};Maximum Pool Size=8";

    private static Task RunAsUserAsync(params string[] command) =>
        Environment.UserName == "root" ? ExecuteAsync("runuser", ["-u", SystemUser, "--", .. command]) : ExecuteAsync(command[0], command[1..]);

    private static Task RunAsync(string program, params string[] arguments) =>
        RunAsUserAsync([Path.Combine(PostgresPrograms.Folder!, program), .. arguments]);

    private static async Task ExecuteAsync(string program, params string[] arguments)
    {
        // The server inherits these streams, so they must not be ones that we read to their end.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
