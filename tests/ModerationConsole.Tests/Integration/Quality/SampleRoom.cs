using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Reviewing;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>A decision that was drawn for re-review, and the people around it: its author, a quality reviewer and a lead.</summary>
internal sealed class SampleRoom : IAsyncDisposable
{
    private SampleRoom(TestConsole console) => Console = console;

    public TestConsole Console { get; }

    public Caller Author { get; private set; } = null!;

    public Caller Reviewer { get; private set; } = null!;

    public Caller Lead { get; private set; } = null!;

    public CaseQueue Queue { get; private set; } = null!;

    public Policy Policy { get; private set; } = null!;

    public ActionDefinition Action { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<SampleRoom> OpenAsync(Dictionary<string, string?>? settings = null)
    {
        SampleRoom room = new(await TestConsole.StartAsync(settings));
        room.Author = await room.Console.PersonAsync();
        room.Reviewer = await room.Console.PersonAsync(Roles.QualityReviewer);
        room.Lead = await room.Console.PersonAsync(Roles.Lead);
        room.Queue = await room.Console.QueueAsync([room.Author, room.Reviewer, room.Lead]);
        room.Policy = await room.Console.PolicyAsync();
        room.Action = await room.Console.ActionAsync();
        return room;
    }

    /// <summary>The author decides a case of their own, on a screen of their own.</summary>
    public async Task<Decision> DecideAsync(Verdict verdict, ReviewTask task, Caller? by = null)
    {
        ActiveLease lease = await HoldAsync(by ?? Author, task.Number);
        return await SubmitAsync(lease, verdict, by ?? Author);
    }

    /// <summary>Submits a verdict on a task that is held, with the policy and the action where it is a violation.</summary>
    public async Task<Decision> SubmitAsync(ActiveLease lease, Verdict verdict, Caller by, string? policyId = null)
    {
        DecideResult result = await Console.Use<DecideCase>().RunAsync(
            by,
            new DecideCommand(lease.TaskNumber, lease.Fence, verdict)
            {
                PolicyId = verdict == Verdict.Violation ? policyId ?? Policy.Id : null,
                Actions = verdict == Verdict.Violation ? [new ActionOrder(Action.Id)] : [],
                CannotReviewCode = verdict == Verdict.CannotReview ? CannotReviewCodes.Gone : null,
            },
            Cancel);
        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        return await Console.ReadAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(row => row.Id == result.DecisionId, Cancel));
    }

    /// <summary>A case that the author decided, whose window is over.</summary>
    public async Task<Decision> DecidedAsync(Verdict verdict, string text = "Some text")
    {
        (_, ReviewTask task) = await Console.CaseAsync(Queue, text);
        Decision decision = await DecideAsync(verdict, task);
        Console.Clock.Advance(TimeSpan.FromMinutes(5));
        return decision;
    }

    /// <summary>The decision is drawn; it waits amid the work of its queue.</summary>
    public Task<QualitySample> DrawAsync(Decision decision) => Console.WriteAsync(async scope =>
    {
        SamplingPlan plan = new() { Name = "Plan", RandomRate = 1, Salt = "salt", MadeBy = Lead.Id, MadeAt = scope.Now };
        scope.Db.Add(plan);
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == decision.CaseNumber, Cancel);
        ReviewTask task = await scope.QueueMeasuringAsync(
            Caller.System, about, new MeasuringOrder(TaskKind.Qa, decision.Id, decision.CaseVersion, Queue.Id) { Without = [Author.Id] }, Cancel);
        QualitySample sample = new()
        {
            DecisionId = decision.Id, CaseNumber = decision.CaseNumber, PlanId = plan.Id, Rate = 1, Random = true, DrawnAt = scope.Now, DecidedAt = decision.DecidedAt,
            DeciderId = decision.DeciderId, QueueId = Queue.Id, Verdict = decision.Verdict, PolicyId = decision.PolicyId, TaskNumber = task.Number,
        };
        scope.Db.Add(sample);
        return sample;
    });

    public Task<QualitySample> SampleNowAsync(QualitySample sample) =>
        Console.ReadAsync(db => db.Set<QualitySample>().AsNoTracking().SingleAsync(row => row.Id == sample.Id, Cancel));

    public Task<Decision> DecisionNowAsync(Guid? id) => Console.ReadAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));

    public async Task<ActiveLease> HoldAsync(Caller person, long taskNumber) => await Console.HoldAsync(
        person, await Console.ReadAsync(db => db.Set<ReviewTask>().AsNoTracking().SingleAsync(row => row.Number == taskNumber, Cancel)));

    /// <summary>Someone judges a task, and their undo window passes.</summary>
    public async Task<Decision> JudgeAsync(Caller person, long taskNumber, Verdict verdict, string? policyId = null)
    {
        Decision decision = await SubmitAsync(await HoldAsync(person, taskNumber), verdict, person, policyId);
        Console.Clock.Advance(TimeSpan.FromMinutes(5));
        return decision;
    }

    public Task SettleAsync() => Console.Get<SettleSamples>().RunOnceAsync(Cancel);

    /// <summary>A sample on which author and reviewer disagree.</summary>
    public async Task<QualitySample> DisagreedAsync(Verdict author, Verdict reviewer)
    {
        QualitySample sample = await DrawAsync(await DecidedAsync(author));
        await JudgeAsync(Reviewer, sample.TaskNumber, reviewer);
        await SettleAsync();
        return await SampleNowAsync(sample);
    }

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
