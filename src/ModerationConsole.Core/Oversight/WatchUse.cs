using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Oversight;

/// <summary>
/// Counts what people look at, look up and take away, from what the audit holds of it, and tells auditors of whoever does so far more
/// than work does: once for each person, kind and window, whichever node looks.
/// </summary>
public sealed class WatchUse(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IOptions<UseLimits> options, NodeDuties nodes, TimeProvider clock, ILogger<WatchUse> log)
    : PeriodicWork(TimeSpan.FromSeconds(15), nodes, clock, log)
{
    // Entries are stored a little after the time that stands in them.
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock = clock;
    private readonly UseTally _tally = new();
    private DateTimeOffset? _readUntil;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<UseLimit> limits = options.Value.On();
        if (limits.Count == 0)
        {
            return;
        }

        DateTimeOffset now = _clock.Now();
        DateTimeOffset since = (_readUntil ?? now.AddHours(-UseLimits.Longest)) - s_overlap;
        foreach ((Guid person, UseLimit limit) in await LookAsync(limits, since, now, cancellationToken).ConfigureAwait(false))
        {
            await writes.RunAsync((scope, token) => RaiseAsync(scope, person, limit, token), cancellationToken).ConfigureAwait(false);
        }

        _tally.Forget(now, now - s_overlap);
        _readUntil = now;
    }

    // Read without the writer: nearly always there is nothing to raise.
    private async Task<IReadOnlyList<(Guid PersonId, UseLimit Limit)>> LookAsync(
        IReadOnlyList<UseLimit> limits, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IReadOnlyList<AuditAct> counted = UseLimits.Counted;
            IAsyncEnumerable<UseEntry> entries = db.Set<AuditEntry>().AsNoTracking()
                .Where(entry => entry.At >= since && entry.ActorKind == CallerKind.Person && entry.ActorId != null && counted.Contains(entry.Act))
                .Select(entry => new UseEntry(entry.Number, entry.ActorId!.Value, entry.Act, entry.TaskNumber != null, entry.At)).AsAsyncEnumerable();
            await foreach (UseEntry entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                _tally.Add(entry, now - s_overlap);
            }

            List<(Guid PersonId, UseLimit Limit)> beyond = [.. _tally.Beyond(limits, now)];
            if (beyond.Count == 0)
            {
                return beyond;
            }

            DateTimeOffset longest = now.AddHours(-UseLimits.Longest);
            var raised = await db.Set<UseAlarm>().Where(row => row.RaisedAt > longest)
                .Select(row => new { row.PersonId, row.Kind, row.Hours, row.RaisedAt }).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. beyond.Where(one => !raised.Any(row =>
                row.PersonId == one.PersonId && row.Kind == one.Limit.Kind && row.Hours == one.Limit.Hours && row.RaisedAt > now.AddHours(-row.Hours)))];
        }
    }

    // Counted again inside the write: another node may have raised it.
    private static async Task<bool> RaiseAsync(WriteScope scope, Guid person, UseLimit limit, CancellationToken cancellationToken)
    {
        DateTimeOffset since = scope.Now.AddHours(-limit.Hours);
        List<UseAlarm> before = await scope.Db.Set<UseAlarm>().AsNoTracking()
            .Where(row => row.PersonId == person && row.Kind == limit.Kind && row.Hours == limit.Hours)
            .OrderByDescending(row => row.Ordinal).Take(1).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (before is [{ } last] && last.RaisedAt > since)
        {
            return false;
        }

        int count = await UseLimits.Entries(scope.Db.Set<AuditEntry>(), limit.Kind)
            .CountAsync(entry => entry.ActorId == person && entry.ActorKind == CallerKind.Person && entry.At > since, cancellationToken).ConfigureAwait(false);
        if (count <= limit.Most || !await scope.Db.Set<Moderator>().AnyAsync(row => row.Id == person, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        UseAlarm alarm = new()
        {
            PersonId = person,
            Kind = limit.Kind,
            Hours = limit.Hours,
            Ordinal = before is [{ } former] ? former.Ordinal + 1 : 1,
            Count = count,
            Most = limit.Most,
            RaisedAt = scope.Now,
        };
        scope.Db.Add(alarm);
        scope.Record(Caller.System, AuditAct.AlarmRaised, subject: alarm.Id.ToString(), details: new Dictionary<string, object?>
        {
            ["count"] = count, ["hours"] = limit.Hours, ["kind"] = limit.Kind.ToString(), ["most"] = limit.Most, ["person"] = person,
        });
        await scope.TellWatchersAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
