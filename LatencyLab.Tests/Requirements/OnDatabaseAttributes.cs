using System.Reflection;
using Xunit.Sdk;

namespace LatencyLab.Tests.Requirements;

/// <summary>Runs a theory with a history in a SQLite file.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnSqliteAttribute : DataAttribute
{
    public const string Name = "SQLite";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Name]];
}

/// <summary>Runs a theory with a history in a real PostgreSQL; reports itself as skipped where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnPostgresAttribute : DataAttribute
{
    public const string Name = "PostgreSQL";

    public OnPostgresAttribute()
    {
        if (PostgresPrograms.Folder is null)
        {
            Skip = "needs PostgreSQL's initdb and pg_ctl (Debian: postgresql)";
        }
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Name]];
}
