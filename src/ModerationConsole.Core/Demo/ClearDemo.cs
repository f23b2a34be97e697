using Microsoft.Data.Sqlite;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Demo;

/// <summary>Deletes an embedded demo with all its data.</summary>
public static class ClearDemo
{
    private const string Database = "console.db";

    /// <summary>Deletes database, media and key of a demo. Passwords people know and the keys of cookies stay.</summary>
    /// <returns>False, with nothing touched, where no demo was made or a console has the database open.</returns>
    public static bool Clear(DatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string database = Path.Combine(options.DataDirectory, Database);
        string key = Path.Combine(options.DataDirectory, DemoCredentials.KeyFileName);
        if (!File.Exists(key) || !File.Exists(database) || !IsFree(database))
        {
            return false;
        }

        foreach (string file in new[] { database, database + "-wal", database + "-shm", key })
        {
            File.Delete(file);
        }

        foreach (string folder in new[] { "media", "renditions" }.Select(name => Path.Combine(options.DataDirectory, name)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }

        return true;
    }

    // A running console keeps connections open in WAL mode; leaving that mode needs the file for oneself.
    private static bool IsFree(string database)
    {
        using SqliteConnection connection = new($"Data Source={database};Pooling=False;Default Timeout=1");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=DELETE";
        try
        {
            return command.ExecuteScalar() is "delete";
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
