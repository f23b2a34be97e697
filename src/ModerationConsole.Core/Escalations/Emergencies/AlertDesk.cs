using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Escalations.Emergencies;

/// <summary>An alert that this node has taken on itself.</summary>
/// <param name="Attempt">Which try it is: its result counts only while this is the last one.</param>
internal sealed record TakenAlert(Guid Id, int Attempt, string Address, string Body, DutyTerm? Term);

/// <summary>Takes alerts that are due and writes down what came of them. Sending stands between the two, outside of any transaction.</summary>
internal sealed class AlertDesk(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, NodePresence presence, TimeProvider clock)
{
    // Longer than any try may last. After it another node sends again, under the same id.
    private static readonly TimeSpan s_hold = WebhookSender.Timeout + TimeSpan.FromSeconds(20);

    // A receiver that is down for a moment must not cost minutes of fifteen.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    /// <summary>Takes alerts that are due, oldest first; those of emergencies that are over are stopped.</summary>
    public async Task<IReadOnlyList<TakenAlert>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            // Asked first without the writer: nearly always nothing is due.
            if (!await Due(db, clock.Now()).AnyAsync(cancellationToken).ConfigureAwait(false))
            {
                return [];
            }
        }

        DutyTerm? term = presence.Term;
        return await writes.RunAsync((scope, token) => BeginAsync(scope, most, term, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How long until something becomes due, <paramref name="atMost"/> at most.</summary>
    public async Task<TimeSpan> NextDueAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            DateTimeOffset? next = await db.Set<OnCallAlert>().Where(row => row.State == AlertState.Pending)
                .OrderBy(row => row.NotBefore).Select(row => (DateTimeOffset?)row.NotBefore).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            TimeSpan wait = next is null ? atMost : next.Value - clock.GetUtcNow();
            return wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait < atMost ? wait : atMost;
        }
    }

    /// <summary>Writes down what came of a try.</summary>
    public Task RecordAsync(TakenAlert taken, SendResult result, CancellationToken cancellationToken) => writes.RunAsync(
        async (scope, token) =>
        {
            OnCallAlert row = await scope.Db.Set<OnCallAlert>().SingleAsync(alert => alert.Id == taken.Id, token).ConfigureAwait(false);
            // Another node took it over meanwhile: what happened here is its business no more.
            if (row.State != AlertState.Sending || row.Attempts != taken.Attempt)
            {
                return false;
            }

            if (result.Problem is null)
            {
                row.Accept(result.Status, scope.Now);
                await TellAsync(scope, row, AuditAct.AlertAccepted, token).ConfigureAwait(false);
                return true;
            }

            TimeSpan wait = RetrySchedule.DelayAfter(row.Attempts, Random.Shared.NextDouble(), result.RetryAfter);
            row.Retry(result.Status, result.Problem, scope.Now + (wait < s_longestWait ? wait : s_longestWait));
            await TellAsync(scope, row, null, token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private static IQueryable<OnCallAlert> Due(ConsoleDbContext db, DateTimeOffset now) => db.Set<OnCallAlert>().Where(row =>
        (row.State == AlertState.Pending && row.NotBefore <= now) || (row.State == AlertState.Sending && row.HeldUntil <= now));

    private static async Task<IReadOnlyList<TakenAlert>> BeginAsync(WriteScope scope, int most, DutyTerm? term, CancellationToken cancellationToken)
    {
        List<OnCallAlert> due = await Due(scope.Db, scope.Now).OrderBy(row => row.NotBefore).ThenBy(row => row.Id)
            .Take(most).ToListAsync(cancellationToken).ConfigureAwait(false);
        Guid[] about = [.. due.Select(row => row.EscalationId).Distinct()];
        HashSet<Guid> open = [.. await scope.Db.OpenEmergencies().Where(row => about.Contains(row.Id) && row.AcknowledgedAt == null).Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false)];
        List<TakenAlert> taken = [];
        foreach (OnCallAlert row in due)
        {
            if (open.Contains(row.EscalationId))
            {
                row.Begin(scope.Now + s_hold, term?.Holder);
                taken.Add(new TakenAlert(row.Id, row.Attempts, row.Address, row.Body, term));
            }
            else
            {
                row.Stop(scope.Now);
                await TellAsync(scope, row, AuditAct.AlertStopped, cancellationToken).ConfigureAwait(false);
            }
        }

        return taken;
    }

    private static async Task TellAsync(WriteScope scope, OnCallAlert row, AuditAct? act, CancellationToken cancellationToken)
    {
        var about = await (
            from raised in scope.Db.Set<Escalation>()
            join of in scope.Db.Set<Case>() on raised.CaseNumber equals of.Number
            where raised.Id == row.EscalationId
            select new { raised.CaseNumber, raised.ExpertTask, of.Sensitivity }).SingleAsync(cancellationToken).ConfigureAwait(false);
        scope.Publish(LiveKind.CaseChanged, about.CaseNumber, childSafety: about.Sensitivity == Sensitivity.ChildSafety);
        if (act is { } recorded)
        {
            scope.Record(Caller.System, recorded, about.CaseNumber, about.ExpertTask, row.Id.ToString(), new Dictionary<string, object?>
            {
                ["attempts"] = row.Attempts,
                ["status"] = row.LastStatus,
            });
        }
    }
}

/// <summary>Lets others send what a dead node was sending, under the same ids.</summary>
internal sealed class HeldAlerts : IDeadNodeHeir
{
    public async Task LetGoAsync(WriteScope scope, Guid node, CancellationToken cancellationToken)
    {
        List<OnCallAlert> held = await scope.Db.Set<OnCallAlert>()
            .Where(row => row.State == AlertState.Sending && row.HeldBy == node).ToListAsync(cancellationToken).ConfigureAwait(false);
        held.ForEach(row => row.LetGo(scope.Now));
    }
}

/// <summary>Emergencies that nobody has answered yet.</summary>
internal static class EmergencyReads
{
    public static IQueryable<Escalation> OpenEmergencies(this ConsoleDbContext db) => db.Set<Escalation>().Where(row =>
        row.Urgency == EscalationUrgency.Emergency && row.DecisionId == null
        && db.Set<ReviewTask>().Any(task => task.Number == row.ExpertTask && (task.State == TaskState.Waiting || task.State == TaskState.Leased)));
}
