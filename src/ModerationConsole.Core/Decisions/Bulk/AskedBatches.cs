using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>Tells people of batches that wait for a second person, and of the answer.</summary>
internal static class AskedBatches
{
    /// <summary>Lets the inboxes of those who may answer be read again.</summary>
    public static async Task TellApproversAsync(this WriteScope scope, CancellationToken cancellationToken)
    {
        List<Guid> told = await scope.Db.PeopleHolding(Permission.ApproveBulk).Select(person => person.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        told.ForEach(person => scope.Publish(LiveKind.InboxChanged, personId: person));
    }

    /// <summary>Records the answer, and tells whoever asked.</summary>
    public static async Task TellAnsweredAsync(this WriteScope scope, BulkBatch batch, Caller by, AuditAct act, CancellationToken cancellationToken)
    {
        scope.Record(by, act, subject: batch.Id.ToString(), details: new Dictionary<string, object?> { ["asker"] = batch.PersonId, ["batch"] = batch.Number });
        scope.Publish(LiveKind.BatchChanged, personId: batch.PersonId, state: $"{batch.Number}");
        await scope.TellAsync(batch.PersonId, InboxKind.BatchAnswered, $"batch-answer:{batch.Number}", cancellationToken, subject: $"{batch.Number}").ConfigureAwait(false);
        await scope.TellApproversAsync(cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Shows those who may answer each batch of others that waits for it.</summary>
internal sealed class AskedBatchesInInbox(IOptions<MassActionOptions> options) : IInboxSource
{
    private const int Most = 50;

    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(InboxQuestion question, CancellationToken cancellationToken)
    {
        if (!question.Permissions.Contains(Permission.ApproveBulk))
        {
            return [];
        }

        (Guid me, DateTimeOffset since) = (question.PersonId, question.Now - options.Value.Wait);
        var asked = await (
            from batch in question.Db.Set<BulkBatch>()
            join person in question.Db.Set<Moderator>() on batch.PersonId equals person.Id
            where batch.State == BatchState.Asked && batch.PersonId != me && batch.AskedAt > since
            orderby batch.Number
            select new
            {
                batch.Number, batch.AskedAt, person.DisplayName,
                Cases = question.Db.Set<BatchMember>().Count(member => member.BatchNumber == batch.Number && member.State == MemberState.Waiting),
            }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. asked.Select(row => new InboxEntry(
                $"batch-asked:{row.Number}", InboxKind.BatchAsked, row.AskedAt!.Value, Subject: $"{row.Number}", Name: row.DisplayName, Count: row.Cases, DueAt: row.AskedAt + options.Value.Wait)),
        ];
    }
}

/// <summary>Ends what waited too long for a second person, whichever node looks. Nothing of it was done.</summary>
public sealed class LapseAskedBatches(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IOptions<MassActionOptions> options, NodeDuties nodes, TimeProvider clock, ILogger<LapseAskedBatches> log)
    : PeriodicWork(TimeSpan.FromSeconds(30), nodes, clock, log)
{
    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        long[] over;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            over = await Over(db, _clock.Now()).Select(row => row.Number).ToArrayAsync(cancellationToken).ConfigureAwait(false);
        }

        await EachAsync(over, number => writes.RunAsync((scope, token) => LapseAsync(scope, number, token), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private IQueryable<BulkBatch> Over(ConsoleDbContext db, DateTimeOffset now)
    {
        DateTimeOffset until = now - options.Value.Wait;
        return db.Set<BulkBatch>().Where(row => row.State == BatchState.Asked && row.AskedAt <= until);
    }

    private async Task<bool> LapseAsync(WriteScope scope, long number, CancellationToken cancellationToken)
    {
        // Asked again inside the write: another node may have ended it.
        if (await Over(scope.Db, scope.Now).SingleOrDefaultAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false) is not { } batch)
        {
            return false;
        }

        batch.Lapse(scope.Now);
        await scope.TellAnsweredAsync(batch, Caller.System, AuditAct.BatchLapsed, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
