using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Bulk;

/// <summary>
/// Works through batches, one case a transaction and one transaction at a time, so that nobody at a desk waits for more than one.
/// What was begun goes on after a restart; where several nodes run, each case is done once, by whichever comes first.
/// </summary>
public sealed partial class RunBatches : PeriodicWork
{
    private const int TellEvery = 20;

    private readonly IDbContextFactory<ConsoleDbContext> _contexts;
    private readonly WritePath _writes;
    private readonly IAccessGuard _guard;
    private readonly BulkMembers _members;
    private readonly ILogger<RunBatches> _log;

    internal RunBatches(
        IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, BulkMembers members, NodeDuties nodes, TimeProvider clock, ILogger<RunBatches> log)
        : base(TimeSpan.FromSeconds(1), nodes, clock, log)
    {
        (_contexts, _writes, _guard, _members, _log) = (contexts, writes, guard, members, log);
    }

    private enum Step
    {
        Done,
        Through,
    }

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        List<BulkBatch> running;
        ConsoleDbContext db = await _contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            running = await db.Set<BulkBatch>().AsNoTracking().Where(row => row.State == BatchState.Running || row.State == BatchState.TakingBack)
                .OrderBy(row => row.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (BulkBatch batch in running)
        {
            for (int done = 1; await StepAsync(batch, tells: done % TellEvery == 0, cancellationToken).ConfigureAwait(false) == Step.Done; done++)
            {
            }
        }
    }

    private async Task<Step> StepAsync(BulkBatch batch, bool tells, CancellationToken cancellationToken)
    {
        Caller maker = Caller.Person(batch.PersonId);
        // Asked before each case: whoever lost the right, or the account, does nothing more.
        IReadOnlySet<Permission> held = await _guard.PermissionsOfAsync(maker, cancellationToken).ConfigureAwait(false);
        try
        {
            return await _writes.RunAsync((scope, token) => WorkAsync(scope, batch.Number, maker, held, tells, spoilt: false, token), cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // one case that cannot be worked must not hold up the others; when the database is gone this fails too
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFault(batch.Number, error.GetType().Name);
            return await _writes.RunAsync((scope, token) => WorkAsync(scope, batch.Number, maker, held, tells, spoilt: true, token), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Step> WorkAsync(
        WriteScope scope, long number, Caller maker, IReadOnlySet<Permission> held, bool tells, bool spoilt, CancellationToken cancellationToken)
    {
        BulkBatch batch = await scope.Db.Set<BulkBatch>().SingleAsync(row => row.Number == number, cancellationToken).ConfigureAwait(false);
        if (batch.State is not (BatchState.Running or BatchState.TakingBack))
        {
            return Step.Through;
        }

        bool back = batch.State == BatchState.TakingBack;
        MemberState wanted = back ? MemberState.Done : MemberState.Waiting;
        BatchMember? member = await scope.Db.Set<BatchMember>().Where(row => row.BatchNumber == number && row.State == wanted)
            .OrderBy(row => row.CaseNumber).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (member is null)
        {
            await FinishAsync(scope, batch, maker, cancellationToken).ConfigureAwait(false);
            return Step.Through;
        }

        if (BulkRights.Missing(batch.Act, held) is not null && !back)
        {
            batch.Cancel(scope.Now);
            scope.Record(Caller.System, AuditAct.BatchCancelled, subject: batch.Id.ToString(), details: new Dictionary<string, object?> { ["batch"] = number });
            return Step.Through;
        }

        if (spoilt)
        {
            (member.State, member.Reason, member.At) = (back ? MemberState.Stands : MemberState.LeftOut, LeftOutReason.DoesNotFit, scope.Now);
        }
        else if (back)
        {
            await _members.TakeBackAsync(scope, maker, BulkOrder.Read(batch.Content), member, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _members.DoAsync(scope, maker, BulkOrder.Read(batch.Content), member, held, cancellationToken).ConfigureAwait(false);
        }

        if (tells)
        {
            scope.Publish(LiveKind.BatchChanged, personId: batch.PersonId, state: $"{number}");
        }

        return Step.Done;
    }

    private static async Task FinishAsync(WriteScope scope, BulkBatch batch, Caller maker, CancellationToken cancellationToken)
    {
        batch.Finish(scope.Now);
        Dictionary<MemberState, int> counts = await scope.Db.Set<BatchMember>().Where(row => row.BatchNumber == batch.Number)
            .GroupBy(row => row.State).ToDictionaryAsync(group => group.Key, group => group.Count(), cancellationToken).ConfigureAwait(false);
        Dictionary<string, object?> details = counts.ToDictionary(pair => pair.Key.ToString(), pair => (object?)pair.Value);
        details["batch"] = batch.Number;
        scope.Record(maker, batch.State == BatchState.Done ? AuditAct.BatchFinished : AuditAct.BatchTakenBack, subject: batch.Id.ToString(), details: details);
        scope.Publish(LiveKind.BatchChanged, personId: batch.PersonId, state: $"{batch.Number}");
        await scope.TellAsync(batch.PersonId, InboxKind.BatchFinished, $"batch:{batch.Number}", cancellationToken, subject: $"{batch.Number}").ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A case of batch {Number} could not be worked ({Error}) and is left out")]
    private partial void LogFault(long number, string error);
}
