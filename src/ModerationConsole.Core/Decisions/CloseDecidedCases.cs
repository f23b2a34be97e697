using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions;

/// <summary>Closes decided cases once nothing can be taken back and nothing of them is on its way any more.</summary>
public sealed class CloseDecidedCases(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, NodeDuties nodes, TimeProvider clock, ILogger<CloseDecidedCases> log)
    : PeriodicWork(TimeSpan.FromSeconds(5), nodes, clock, log)
{
    // Small enough that nobody who decides waits for it.
    private const int Batch = 50;

    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        while (await CloseSomeAsync(cancellationToken).ConfigureAwait(false) == Batch)
        {
        }
    }

    private async Task<int> CloseSomeAsync(CancellationToken cancellationToken)
    {
        List<long> settled;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            settled = await Settled(db, _clock.Now()).OrderBy(about => about.Number).Select(about => about.Number).Take(Batch)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        return settled.Count == 0
            ? 0
            : await writes.RunAsync((scope, token) => CloseAsync(scope, settled, token), cancellationToken).ConfigureAwait(false);
    }

    // A delivery that failed for good is over: it stands on the page of deliveries, and sending it again does not open the case.
    private static IQueryable<Case> Settled(ConsoleDbContext db, DateTimeOffset now) =>
        from about in db.Set<Case>()
        join decision in db.Set<Decision>() on about.DecisionId equals decision.Id
        where about.State == CaseState.Decided && decision.UndoUntil < now
            && !db.Set<EnforcementAction>().Any(row => row.DecisionId == decision.Id
                && (row.State == EnforcementState.Pending || row.State == EnforcementState.Delivering))
        select about;

    private static async Task<int> CloseAsync(WriteScope scope, List<long> numbers, CancellationToken cancellationToken)
    {
        List<Case> cases = await Settled(scope.Db, scope.Now).Where(about => numbers.Contains(about.Number)).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (Case about in cases)
        {
            about.Close(scope.Now);
            scope.Tell(about, CaseEventKind.Closed);
            scope.Record(Caller.System, AuditAct.CaseClosed, about.Number);
            scope.Publish(LiveKind.CaseChanged, about.Number, state: about.State.ToString(), childSafety: about.Sensitivity == Sensitivity.ChildSafety);
        }

        return cases.Count;
    }
}
