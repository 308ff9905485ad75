using System.Globalization;
using System.Reflection;

namespace LatencyLab.Web.History.Storage;

/// <summary>One step of the database's schema, from an embedded file <c>NNNN_name.sql</c>.</summary>
/// <param name="Version">Its number, from 1 without gaps.</param>
/// <param name="Name">What it does.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>All steps of a dialect in order.</summary>
    public static IReadOnlyList<Migration> All(string dialect)
    {
        var assembly = typeof(Migration).Assembly;
        var prefix = $"LatencyLab.Web.History.Migrations.{dialect}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, name[prefix.Length..^".sql".Length]))
            .OrderBy(migration => migration.Version)];
    }

    private static Migration Read(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var parts = name.Split('_', 2);
        return new Migration(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], reader.ReadToEnd());
    }
}
