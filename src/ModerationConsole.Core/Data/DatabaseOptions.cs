using System.Data;
using Microsoft.Extensions.Configuration;

namespace ModerationConsole.Core.Data;

/// <summary>The databases that the console runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>Embedded file; one machine.</summary>
    Sqlite,

    /// <summary>Microsoft SQL Server.</summary>
    SqlServer,

    /// <summary>PostgreSQL.</summary>
    PostgreSql,
}

/// <summary>Where state lives. Sections <c>Database</c>, <c>Data</c> and <c>ConnectionStrings:Console</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary><c>Database:Provider</c>.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary><c>ConnectionStrings:Console</c>; empty means <c>console.db</c> in the data directory on SQLite.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary><c>Data:Directory</c>: full path of the folder for database, keys and media.</summary>
    public string DataDirectory { get; set; } = "";

    /// <summary><c>Database:StartPatienceSeconds</c>: how long a start waits for a server that cannot be reached yet.</summary>
    public int StartPatienceSeconds { get; set; } = 60;

    /// <summary>How many writers share the write path. SQLite has exactly one: several starve each other.</summary>
    public int Writers => Provider == DatabaseProvider.Sqlite ? 1 : 4;

    /// <summary>
    /// What an operation may rely on: everything it reads is of one moment, so a rule checked against one row still holds
    /// when the next is read. Where several write, one that lost meets a conflict and runs again.
    /// </summary>
    public IsolationLevel Isolation => Provider == DatabaseProvider.Sqlite ? IsolationLevel.Serializable : IsolationLevel.RepeatableRead;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartRefusedException">A setting is wrong; the message names its key.</exception>
    public static DatabaseOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string name = configuration["Database:Provider"] ?? nameof(DatabaseProvider.Sqlite);
        if (!Enum.TryParse(name, ignoreCase: true, out DatabaseProvider provider) || !Enum.IsDefined(provider))
        {
            throw new StartRefusedException("Database:Provider must be Sqlite, SqlServer or PostgreSql.");
        }

        string connection = configuration.GetConnectionString("Console") ?? "";
        if (provider != DatabaseProvider.Sqlite && connection.Length == 0)
        {
            throw new StartRefusedException("ConnectionStrings:Console must be set for Database:Provider " + provider + ".");
        }

        string? patience = configuration["Database:StartPatienceSeconds"];
        int seconds = 60;
        if (!string.IsNullOrEmpty(patience) && (!int.TryParse(patience, System.Globalization.CultureInfo.InvariantCulture, out seconds) || seconds is < 0 or > 3_600))
        {
            throw new StartRefusedException("Database:StartPatienceSeconds must be from 0 to 3600.");
        }

        return new DatabaseOptions
        {
            StartPatienceSeconds = seconds,
            Provider = provider,
            ConnectionString = connection,
            DataDirectory = Path.GetFullPath(configuration["Data:Directory"] is { Length: > 0 } directory ? directory : ".data"),
        };
    }
}
