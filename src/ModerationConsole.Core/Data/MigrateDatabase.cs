using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ModerationConsole.Core.Data;

/// <summary>
/// Brings the database to this version's model before anything else of the console works: an empty or older one is
/// migrated, one that a newer version made is refused, and a migration that was killed half-way is taken up again.
/// </summary>
public sealed partial class MigrateDatabase(
    IDbContextFactory<ConsoleDbContext> contexts,
    DatabaseOptions options,
    TimeProvider clock,
    ILogger<MigrateDatabase> log)
{
    private static readonly TimeSpan s_lockPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_startRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lockRetry = TimeSpan.FromMilliseconds(100);

    /// <summary>Migrates, or does nothing where nothing is pending. Returns how many migrations were applied.</summary>
    /// <exception cref="StartRefusedException">The database is newer than this program, or cannot be reached.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        long begun = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await RunOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (StartRefusedException error) when (error.InnerException is { } inner && Unreachable.Is(inner)
                && clock.GetElapsedTime(begun) < TimeSpan.FromSeconds(options.StartPatienceSeconds))
            {
                LogWaiting(options.StartPatienceSeconds - (int)clock.GetElapsedTime(begun).TotalSeconds, inner.Message);
                await Task.Delay(s_startRetry, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (db.ConfigureAwait(false))
            {
                if (options.Provider != DatabaseProvider.Sqlite)
                {
                    return await MigrateAsync(db, cancellationToken).ConfigureAwait(false);
                }

                FileStream held = await HoldLockAsync(cancellationToken).ConfigureAwait(false);
                await using (held.ConfigureAwait(false))
                {
                    await SqliteFile.CheckAsync(db.Database.GetConnectionString() ?? "", cancellationToken).ConfigureAwait(false);
                    await RemoveStaleLockRowAsync(db, cancellationToken).ConfigureAwait(false);
                    return await MigrateAsync(db, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (OfDatabase(error) is { } fault)
        {
            throw new StartRefusedException(
                Unreachable.Is(fault)
                    ? $"The database server of ConnectionStrings:Console cannot be reached: {fault.Message}"
                    : $"The database cannot be opened or migrated: {fault.Message}",
                fault);
        }
    }

    /// <summary>Whether the database answers and is at exactly this version's model.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        try
        {
            ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
            await using (db.ConfigureAwait(false))
            {
                IEnumerable<string> applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
                return applied.SequenceEqual(db.Database.GetMigrations());
            }
        }
        catch (Exception error) when (OfDatabase(error) is not null)
        {
            return false;
        }
    }

    // The framework wraps what may be over in a moment.
    private static DbException? OfDatabase(Exception error) => error as DbException ?? (error as InvalidOperationException)?.InnerException as DbException;

    private async Task<int> MigrateAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        string[] known = [.. db.Database.GetMigrations()];
        string[] applied = [.. await db.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false)];
        if (applied.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new StartRefusedException(
                $"The database was made by a newer version of this program: it holds the migration {unknown}, which this version does not know. Start that version, or restore a backup made before it.");
        }

        int pending = known.Length - applied.Length;
        if (pending > 0)
        {
            LogMigrating(pending, known[^1]);
            await db.Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        }

        return pending;
    }

    // The framework locks SQLite by a row that a killed process leaves behind, and the next start would wait for it forever.
    // A lock on a file dies with its process. Whoever holds it knows that such a row has no owner.
    private async Task<FileStream> HoldLockAsync(CancellationToken cancellationToken)
    {
        string path = Path.Combine(options.DataDirectory, "migration.lock");
        long begun = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (UnauthorizedAccessException error)
            {
                throw DataServices.Unwritable(options.DataDirectory, error);
            }
            catch (IOException) when (clock.GetElapsedTime(begun) < s_lockPatience)
            {
                await Task.Delay(s_lockRetry, clock, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException error)
            {
                throw new StartRefusedException($"Another process has held {path} for a minute; stop it and start again.", error);
            }
        }
    }

    private async Task RemoveStaleLockRowAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        int tables = await db.Database
            .SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken).ConfigureAwait(false);
        if (tables > 0 && await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken).ConfigureAwait(false) > 0)
        {
            LogMended();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be reached yet; waiting for it {Seconds} s more ({Reason})")]
    private partial void LogWaiting(int seconds, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Applying {Count} migrations up to {Last}")]
    private partial void LogMigrating(int count, string last);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An earlier migration was killed before its end; taking it up again")]
    private partial void LogMended();
}
