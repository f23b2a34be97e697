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

    /// <summary><c>Database:WritePatienceSeconds</c>: how long a write waits for a server that went away before it is given up.</summary>
    public int WritePatienceSeconds { get; set; } = 15;

    /// <summary>Whether all that is written goes through one writer. Several of them starve each other on an embedded database.</summary>
    public bool HasOneWriter => Provider == DatabaseProvider.Sqlite;

    /// <summary>What the transactions of a lane ask of the database.</summary>
    public IsolationLevel IsolationOf(WriteLane lane)
    {
        ArgumentNullException.ThrowIfNull(lane);
        return HasOneWriter ? IsolationLevel.Serializable : lane.Isolation;
    }

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

        return new DatabaseOptions
        {
            StartPatienceSeconds = Seconds(configuration, "Database:StartPatienceSeconds", 60),
            WritePatienceSeconds = Seconds(configuration, "Database:WritePatienceSeconds", 15),
            Provider = provider,
            ConnectionString = connection,
            DataDirectory = Path.GetFullPath(configuration["Data:Directory"] is { Length: > 0 } directory ? directory : ".data"),
        };
    }

    private static int Seconds(IConfiguration configuration, string key, int otherwise)
    {
        string? given = configuration[key];
        return string.IsNullOrEmpty(given) ? otherwise
            : int.TryParse(given, System.Globalization.CultureInfo.InvariantCulture, out int seconds) && seconds is >= 0 and <= 3_600 ? seconds
            : throw new StartRefusedException($"{key} must be from 0 to 3600.");
    }
}
