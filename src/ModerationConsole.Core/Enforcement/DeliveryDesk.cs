using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Enforcement;

/// <summary>A delivery that this node has taken on itself.</summary>
/// <param name="Attempt">Which try it is: its result counts only while this is the last one.</param>
internal sealed record TakenDelivery(Guid Id, int Attempt, string Address, string Body)
{
    /// <summary>The node's term in which it was taken: when it is over, another node sends it.</summary>
    public DutyTerm? Term { get; init; }
}

/// <summary>Takes what is due and writes down what came of it. Sending stands between the two, outside of any transaction.</summary>
internal sealed class DeliveryDesk(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, NodePresence presence, TimeProvider clock)
{
    // Longer than any try may last. After it another node sends again, under the same id.
    private static readonly TimeSpan s_hold = WebhookSender.Timeout + TimeSpan.FromSeconds(20);

    /// <summary>Takes deliveries that are due, oldest first, so many at most and so many to one address.</summary>
    /// <param name="underWay">How many are under way to each address: one that hangs must not keep the others waiting.</param>
    public async Task<IReadOnlyList<TakenDelivery>> TakeAsync(
        int most, int mostEach, IReadOnlyDictionary<string, int> underWay, CancellationToken cancellationToken)
    {
        string[] full = [.. underWay.Where(row => row.Value >= mostEach).Select(row => row.Key)];
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            // Asked first without the writer: mostly nothing is due.
            if (!await Due(db, clock.Now(), full).AnyAsync(cancellationToken).ConfigureAwait(false))
            {
                return [];
            }
        }

        DutyTerm? term = presence.Term;
        return await writes.RunAsync((scope, token) => BeginAsync(scope, most, mostEach, underWay, full, term, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How long until something becomes due, <paramref name="atMost"/> at most.</summary>
    public async Task<TimeSpan> NextDueAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            DateTimeOffset? next = await db.Set<EnforcementAction>().Where(row => row.State == EnforcementState.Pending)
                .OrderBy(row => row.NotBefore).Select(row => (DateTimeOffset?)row.NotBefore).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            TimeSpan wait = next is null ? atMost : next.Value - clock.GetUtcNow();
            return wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait < atMost ? wait : atMost;
        }
    }

    /// <summary>Writes down what came of a try.</summary>
    public Task RecordAsync(TakenDelivery taken, SendResult result, CancellationToken cancellationToken) => writes.RunAsync(
        async (scope, token) =>
        {
            EnforcementAction row = await scope.Db.Set<EnforcementAction>().SingleAsync(action => action.Id == taken.Id, token).ConfigureAwait(false);
            // Another node took it over meanwhile: what happened here is its business no more.
            if (row.State != EnforcementState.Delivering || row.Attempts != taken.Attempt)
            {
                return false;
            }

            Settle(scope, row, result);
            return true;
        },
        cancellationToken);

    private static IQueryable<EnforcementAction> Due(ConsoleDbContext db, DateTimeOffset now, string[] full) =>
        db.Set<EnforcementAction>().Where(row =>
            ((row.State == EnforcementState.Pending && row.NotBefore <= now) || (row.State == EnforcementState.Delivering && row.HeldUntil <= now))
            && !full.Contains(row.CallbackUrl));

    private static async Task<IReadOnlyList<TakenDelivery>> BeginAsync(
        WriteScope scope, int most, int mostEach, IReadOnlyDictionary<string, int> underWay, string[] full, DutyTerm? term, CancellationToken cancellationToken)
    {
        List<EnforcementAction> due = await Due(scope.Db, scope.Now, full).OrderBy(row => row.NotBefore).ThenBy(row => row.Id)
            .Take(most).ToListAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, int> count = underWay.ToDictionary(StringComparer.Ordinal);
        List<TakenDelivery> taken = [];
        foreach (EnforcementAction row in due)
        {
            if (row.CallbackUrl.Length == 0)
            {
                // Nobody is to be told: it is only recorded.
                row.Begin(scope.Now);
                Settle(scope, row, new SendResult(null, null));
                continue;
            }

            int already = count.GetValueOrDefault(row.CallbackUrl);
            if (already < mostEach)
            {
                count[row.CallbackUrl] = already + 1;
                row.Begin(scope.Now + s_hold, term?.Holder);
                taken.Add(new TakenDelivery(row.Id, row.Attempts, row.CallbackUrl, row.Body) { Term = term });
            }
        }

        return taken;
    }

    private static void Settle(WriteScope scope, EnforcementAction row, SendResult result)
    {
        const int gone = 410;
        if (result.Problem is null)
        {
            row.Deliver(result.Status, scope.Now);
        }
        else if (result.Status == gone || row.Attempts >= RetrySchedule.MaxTries)
        {
            row.Fail(result.Status, result.Problem, scope.Now);
        }
        else
        {
            row.Retry(result.Status, result.Problem, scope.Now + RetrySchedule.DelayAfter(row.Attempts, Random.Shared.NextDouble(), result.RetryAfter));
        }

        scope.Publish(LiveKind.DeliveryChanged, row.CaseNumber, state: row.State.ToString());
        if (row.State is EnforcementState.Delivered or EnforcementState.Failed)
        {
            scope.Record(
                Caller.System, row.State == EnforcementState.Delivered ? AuditAct.ActionDelivered : AuditAct.ActionFailed, row.CaseNumber,
                subject: row.Id.ToString(), details: new Dictionary<string, object?>
                {
                    ["attempts"] = row.Attempts,
                    ["problem"] = row.LastProblem,
                    ["status"] = row.LastStatus,
                });
        }
    }
}
