using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ModerationConsole.Core.Data;

/// <summary>Tells in one line why SQLite's file cannot be worked with, before the framework tells it in pages.</summary>
internal static class SqliteFile
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoPermission = 3;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Writes something and takes it back.</summary>
    /// <exception cref="StartRefusedException">The file cannot be written or is no database; the message names it.</exception>
    public static async Task CheckAsync(string connectionString, CancellationToken cancellationToken)
    {
        string file = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
        SqliteConnection connection = new(connectionString);
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                connection.DefaultTimeout = 1;
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    // Beginning is not enough: where it cannot write, SQLite begins as if only to read.
                    SqliteCommand command = connection.CreateCommand();
                    await using (command.ConfigureAwait(false))
                    {
                        command.CommandText = "CREATE TABLE write_check (x)";
                        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                    }
                }
            }
            catch (SqliteException error) when (error.SqliteErrorCode is not (Busy or Locked) && Describe(error) is { } fault)
            {
                throw new StartRefusedException($"The database {file} {fault}", error);
            }
            catch (SqliteException)
            {
                // Another process writes, so it can be written; anything unknown is met again and told in full.
            }
        }
    }

    private static string? Describe(SqliteException error) => error.SqliteErrorCode switch
    {
        NoPermission or ReadOnly or CannotOpen => "cannot be written. Let the program's account write the file and its folder (Data:Directory), then start again.",
        Full => "cannot grow: the disk is full. Make room, then start again.",
        Corrupt or NotADatabase => "is damaged, or no database at all. Restore a backup, or name another folder (Data:Directory).",
        _ => null,
    };
}
