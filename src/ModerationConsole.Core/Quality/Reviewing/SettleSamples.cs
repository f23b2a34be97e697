using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality.Reviewing;

/// <summary>
/// Draws the consequences of verdicts on samples once they can be taken back no more: where both agree the decision was right;
/// where they do not, a third person is asked; where that one finds it wrong, it is corrected. Who hands a sample on has no verdict on
/// it: a third person judges it instead, for what is hard to judge must not drop out of figures; where that one hands it on as well, it
/// counts neither way.
/// </summary>
public sealed class SettleSamples(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, DecisionCorrecting correcting, NodeDuties nodes, TimeProvider clock, ILogger<SettleSamples> log)
    : PeriodicWork(TimeSpan.FromSeconds(5), nodes, clock, log)
{
    private const int Batch = 50;

    // What nobody hurries for: a third person has two days.
    private static readonly TimeSpan s_adjudication = TimeSpan.FromDays(2);

    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        while (await SettleSomeAsync(cancellationToken).ConfigureAwait(false) == Batch)
        {
        }
    }

    private async Task<int> SettleSomeAsync(CancellationToken cancellationToken)
    {
        List<Guid> due;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            due = await Due(db, _clock.Now()).OrderBy(sample => sample.DrawnAt).Select(sample => sample.Id).Take(Batch)
                .ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        await EachAsync(due, id => writes.RunAsync((scope, token) => SettleAsync(scope, id, token), cancellationToken), cancellationToken).ConfigureAwait(false);

        return due.Count;
    }

    private static IQueryable<QualitySample> Due(ConsoleDbContext db, DateTimeOffset now) =>
        from sample in db.Set<QualitySample>()
        where (sample.State == SampleState.Waiting && sample.ReviewId != null && db.Set<Decision>().Any(row => row.Id == sample.ReviewId && row.UndoUntil < now))
            || (sample.State == SampleState.Adjudicating && sample.AdjudicationId != null
                && db.Set<Decision>().Any(row => row.Id == sample.AdjudicationId && row.UndoUntil < now))
            || ((sample.State == SampleState.Waiting || sample.State == SampleState.Adjudicating)
                && db.Set<ReviewTask>().Any(task => (task.Number == sample.TaskNumber || task.Number == sample.AdjudicationTask) && task.State == TaskState.Withdrawn))
                || HandedOn(db).Any(id => id == sample.Id)
        select sample;

    // Its task is done, and there is no verdict.
    private static IQueryable<Guid> HandedOn(ConsoleDbContext db) =>
        from sample in db.Set<QualitySample>()
        where (sample.State == SampleState.Waiting && sample.ReviewId == null
                && db.Set<ReviewTask>().Any(task => task.Number == sample.TaskNumber && task.State == TaskState.Done))
            || (sample.State == SampleState.Adjudicating && sample.AdjudicationId == null
                && db.Set<ReviewTask>().Any(task => task.Number == sample.AdjudicationTask && task.State == TaskState.Done))
        select sample.Id;

    private async Task<bool> SettleAsync(WriteScope scope, Guid id, CancellationToken cancellationToken)
    {
        if (await Due(scope.Db, scope.Now).SingleOrDefaultAsync(sample => sample.Id == id, cancellationToken).ConfigureAwait(false) is not { } sample)
        {
            return false;
        }

        Decision decision = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == sample.DecisionId, cancellationToken).ConfigureAwait(false);
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == sample.CaseNumber, cancellationToken).ConfigureAwait(false);
        long task = sample.AdjudicationTask ?? sample.TaskNumber;
        if (about.Sensitivity == Sensitivity.ChildSafety
            || await scope.Db.Set<ReviewTask>().AnyAsync(row => row.Number == task && row.State == TaskState.Withdrawn, cancellationToken).ConfigureAwait(false))
        {
            sample.State = SampleState.Withdrawn;
            scope.Record(Caller.System, AuditAct.SampleWithdrawn, sample.CaseNumber, task, sample.Id.ToString());
            return true;
        }

        if ((sample.State == SampleState.Waiting ? sample.ReviewId : sample.AdjudicationId) is null)
        {
            await HandOnAsync(scope, sample, about, task, cancellationToken).ConfigureAwait(false);
            return true;
        }

        Guid? latest = sample.AdjudicationId ?? sample.ReviewId;
        Decision found = await scope.Db.Set<Decision>().SingleAsync(row => row.Id == latest, cancellationToken).ConfigureAwait(false);
        if (Findings.Agree(decision, found))
        {
            sample.FindRight(scope.Now);
        }
        else if (sample.State == SampleState.Waiting)
        {
            await AskThirdAsync(scope, sample, about, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            sample.FindWrong(found.Verdict, found.PolicyId, Findings.KindOf(decision.Verdict, found.Verdict));
            sample.CorrectionId = (await correcting.CorrectAsync(scope, decision, found, cancellationToken).ConfigureAwait(false))?.Id;
        }

        return true;
    }

    private static async Task HandOnAsync(WriteScope scope, QualitySample sample, Case about, long task, CancellationToken cancellationToken)
    {
        Guid person = await scope.Db.Set<LeaseRecord>().Where(row => row.TaskNumber == task && row.End == LeaseEnd.Decided)
            .OrderByDescending(row => row.Fence).Select(row => row.PersonId).FirstAsync(cancellationToken).ConfigureAwait(false);
        if (sample.State == SampleState.Waiting)
        {
            (sample.ReviewerId, sample.ReviewedAt) = (person, scope.Now);
            await AskThirdAsync(scope, sample, about, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            sample.LeaveOpen(person, scope.Now);
            scope.Record(Caller.System, AuditAct.SampleLeftOpen, sample.CaseNumber, task, sample.Id.ToString());
        }
    }

    private static async Task AskThirdAsync(WriteScope scope, QualitySample sample, Case about, CancellationToken cancellationToken)
    {
        // Neither of the two, and nobody who had to do with what was decided of the case.
        List<Guid> hands = await StackHands.OfAsync(scope.Db, about.Number, cancellationToken).ConfigureAwait(false);
        int version = await scope.Db.Set<Decision>().Where(row => row.Id == sample.DecisionId).Select(row => row.CaseVersion).SingleAsync(cancellationToken).ConfigureAwait(false);
        ReviewTask task = await scope.QueueMeasuringAsync(
            Caller.System, about,
            new MeasuringOrder(TaskKind.Adjudication, sample.DecisionId, version, sample.QueueId)
            {
                DueAt = scope.Now + s_adjudication,
                Without = [.. hands, .. new[] { sample.ReviewerId }.OfType<Guid>()],
            },
            cancellationToken).ConfigureAwait(false);
        sample.AskThird(task.Number);
    }
}
