using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Glass;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Oversight.Glass;

/// <summary>
/// Tells open pages and the audit once the time of what someone took is over. It opens nothing from that moment on by itself,
/// whether or not this runs.
/// </summary>
public sealed class WatchGlass(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, NodeDuties nodes, TimeProvider clock, ILogger<WatchGlass> log)
    : PeriodicWork(TimeSpan.FromSeconds(10), nodes, clock, log)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.Now();
        List<Guid> over;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            over = await db.Set<GlassBreak>().Where(row => row.EndedAt == null && row.EndsAt <= now).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        await EachAsync(over, id => writes.RunAsync((scope, cancel) => EndAsync(scope, id, cancel), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> EndAsync(WriteScope scope, Guid id, CancellationToken cancellationToken)
    {
        GlassBreak? glass = await scope.Db.Set<GlassBreak>().SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null, cancellationToken).ConfigureAwait(false);
        if (glass is not null)
        {
            await scope.EndAsync(Caller.System, glass, glass.EndsAt, guard, cancellationToken).ConfigureAwait(false);
        }

        return glass is not null;
    }
}

/// <summary>What ending by hand and by time share.</summary>
internal static class GlassEnd
{
    public static async Task EndAsync(
        this WriteScope scope, Caller caller, GlassBreak glass, DateTimeOffset at, IAccessGuard guard, CancellationToken cancellationToken)
    {
        glass.EndedAt = at;
        scope.Record(caller, AuditAct.GlassEnded, subject: glass.Id.ToString(), details: new Dictionary<string, object?> { ["person"] = glass.PersonId, ["role"] = glass.Role });
        scope.TellOf(glass.PersonId, PersonChange.Access, guard);
        await scope.TellWatchersAsync(cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Tells auditors of what someone took, while it is on and until another auditor has reviewed it.</summary>
internal sealed class GlassInInbox : IInboxSource
{
    private const int Most = 100;

    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Permissions.Contains(Permission.HandleAlarms))
        {
            return [];
        }

        var open = await (
            from glass in question.Db.Set<GlassBreak>()
            join person in question.Db.Set<Moderator>() on glass.PersonId equals person.Id
            where glass.ReviewedAt == null && glass.PersonId != question.PersonId
            orderby glass.StartedAt descending
            select new { glass.Id, glass.Role, glass.StartedAt, person.DisplayName }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. open.Select(row => new InboxEntry($"glass:{row.Id}", InboxKind.GlassBroken, row.StartedAt, Subject: row.Role, Name: row.DisplayName))];
    }
}
