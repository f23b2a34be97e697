using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ModerationConsole.Core.Data.Nodes;

/// <summary>
/// The one time of day of all nodes that share a database server: this machine's, put right by the server's. By a time of its own,
/// a node would end what people hold at others, or send before they can undo. What counts elapsed time goes by the machine alone.
/// </summary>
public sealed class ServerClock(TimeProvider machine) : TimeProvider
{
    /// <summary>How much a machine may be off before it is put right: what is kept in step by the network never is.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    private const string Postgres = "SELECT clock_timestamp()";
    private const string SqlServer = "SELECT SYSUTCDATETIME()";

    private long _off;

    /// <summary>How much the server is ahead of this machine; zero where they agree.</summary>
    public TimeSpan Off => new(Interlocked.Read(ref _off));

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <inheritdoc />
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Off;

    /// <inheritdoc />
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Asks the server for its time. True if this node goes by another time of day from now on.</summary>
    public async Task<bool> CompareAsync(ConsoleDbContext db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        await db.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DbCommand command = db.Database.GetDbConnection().CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = db is PostgresConsoleContext ? Postgres : SqlServer;
                DateTimeOffset asked = machine.GetUtcNow();
                long from = machine.GetTimestamp();
                object? answer = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
                return answer is DateTime time && Heard(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)), asked, machine.GetElapsedTime(from));
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The server said its time at some moment of those that passed since it was asked.</summary>
    internal bool Heard(DateTimeOffset server, DateTimeOffset asked, TimeSpan took)
    {
        TimeSpan off = server - (asked + (took / 2));
        if ((off - Off).Duration() < Slack + (took / 2))
        {
            return false;
        }

        Interlocked.Exchange(ref _off, off.Duration() < Slack ? 0 : off.Ticks);
        return true;
    }
}
