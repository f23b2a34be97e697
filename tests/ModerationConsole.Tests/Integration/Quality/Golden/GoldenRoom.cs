using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Quality.Coaching;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Golden;

/// <summary>A queue with its people, an expert and a lead, in which every decision is followed by a golden case if one suits.</summary>
internal sealed class GoldenRoom : IAsyncDisposable
{
    private GoldenRoom(TestConsole console, CaseQueue queue, Policy policy, ActionDefinition action, Caller author, Caller moderator, Caller expert, Caller lead) =>
        (Console, Queue, Policy, Action, Author, Moderator, Expert, Lead) = (console, queue, policy, action, author, moderator, expert, lead);

    public TestConsole Console { get; }

    public CaseQueue Queue { get; }

    public Policy Policy { get; }

    public ActionDefinition Action { get; }

    /// <summary>Decides what becomes golden.</summary>
    public Caller Author { get; }

    /// <summary>Is measured.</summary>
    public Caller Moderator { get; }

    public Caller Expert { get; }

    public Caller Lead { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<GoldenRoom> OpenAsync(Dictionary<string, string?> settings, double rate = 1, Action<CaseQueue>? shape = null)
    {
        TestConsole console = await TestConsole.StartAsync(settings);
        Caller author = await console.PersonAsync();
        Caller moderator = await console.PersonAsync();
        Caller expert = await console.PersonAsync(Roles.PolicyExpert);
        Caller lead = await console.PersonAsync(Roles.Lead);
        CaseQueue queue = await console.QueueAsync([author, moderator, lead], shape);
        GoldenRoom room = new(console, queue, await console.PolicyAsync(), await console.ActionAsync(), author, moderator, expert, lead);
        await console.WriteAsync(scope =>
        {
            scope.Db.Add(new QualitySettings { GoldenRate = rate });
            return Task.FromResult(0);
        });
        return room;
    }

    /// <summary>A case of which the time to undo its decision is over.</summary>
    public async Task<(Case Case, Guid Decision)> DecidedAsync(
        Verdict verdict = Verdict.Violation, Caller? by = null, CaseQueue? queue = null, bool settled = true, Severity severity = Severity.None, string? language = null)
    {
        (Case about, ReviewTask task) = await Console.CaseAsync(queue ?? Queue, language: language);
        await ChangeAsync(about, row => row.Severity = severity);
        ActiveLease lease = await Console.HoldAsync(by ?? Author, task);
        Guid decision = await DecideAsync(by ?? Author, new LeasedTaskPlace(task.Number, lease.Fence), verdict);
        if (settled)
        {
            Console.Clock.Advance(TimeSpan.FromSeconds(61));
        }

        return (about, decision);
    }

    /// <summary>A golden case that an expert made.</summary>
    public async Task<(Case Case, Guid Golden)> GoldenAsync(
        Verdict verdict = Verdict.Violation, CaseQueue? queue = null, Severity severity = Severity.None, string? language = null, Caller? by = null)
    {
        (Case about, _) = await DecidedAsync(verdict, by, queue, severity: severity, language: language);
        // The author's decision is no work that a golden case follows any more.
        Console.Clock.Advance(TimeSpan.FromMinutes(11));
        return (about, await MakeAsync(about));
    }

    public async Task<Guid> MakeAsync(Case about)
    {
        MakeGoldenResult made = await Console.Use<MakeGolden>().RunAsync(Expert, about.Number, "Because it is.", Cancel);
        Assert.Equal(MakeGoldenOutcome.Made, made.Outcome);
        return made.GoldenId!.Value;
    }

    /// <summary>The moderator, or someone else, decides a case of their own, and the duty looks at it.</summary>
    public async Task WorkAsync(Caller? by = null, CaseQueue? queue = null)
    {
        await DecidedAsync(Verdict.Allow, by ?? Moderator, queue, settled: false);
        await PassAsync();
    }

    public Task PassAsync() => Console.Get<MixInGolden>().RunOnceAsync(Cancel);

    /// <summary>Takes the golden task and answers it.</summary>
    public async Task<Guid> AnswerAsync(Verdict verdict, string? policyId = null, string[]? actions = null, Caller? by = null)
    {
        LeasedTask drawn = await Console.ClaimAsync(by ?? Moderator);
        Assert.Equal(TaskKind.Golden, (await Console.TaskAsync(drawn.TaskNumber)).Kind);
        return await DecideAsync(by ?? Moderator, new LeasedTaskPlace(drawn.TaskNumber, drawn.Fence), verdict, policyId, actions);
    }

    public async Task<Guid> DecideAsync(Caller by, LeasedTaskPlace at, Verdict verdict, string? policyId = null, string[]? actions = null)
    {
        DecideResult result = await Console.Use<DecideCase>().RunAsync(
            by,
            new DecideCommand(at.Number, at.Fence, verdict)
            {
                PolicyId = verdict == Verdict.Violation ? policyId ?? Policy.Id : null,
                Actions = verdict == Verdict.Violation ? [.. (actions ?? [Action.Id]).Select(id => new ActionOrder(id))] : [],
                CannotReviewCode = verdict == Verdict.CannotReview ? CannotReviewCodes.Broken : null,
            },
            Cancel);
        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        return result.DecisionId!.Value;
    }

    public Task<List<GoldenAnswer>> AnswersAsync() => Console.ReadAsync(db => db.Set<GoldenAnswer>().AsNoTracking().OrderBy(row => row.GivenAt).ToListAsync(Cancel));

    public Task<GoldenCase> GoldenNowAsync(Guid id) => Console.ReadAsync(db => db.Set<GoldenCase>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));

    public Task<int> AuditedAsync(AuditAct act) => Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == act, Cancel));

    public Task<int> ChangeAsync(Case about, Action<Case> change) => Console.WriteAsync(async scope =>
    {
        change(await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel));
        return 0;
    });

    /// <summary>A judgement without effect, as it is stored when its time to be undone is over.</summary>
    public async Task<Decision> JudgeAsync(WriteScope scope, Case about, TaskKind kind, Guid person, Verdict verdict)
    {
        ReviewTask task = ReviewTask.Create(about.Number, 1, kind, Queue.Id, 50, Instant.Never, scope.Now);
        task.Finish(scope.Now);
        scope.Db.Add(task);
        await scope.Db.SaveChangesAsync(Cancel);
        bool violates = verdict == Verdict.Violation;
        DateTimeOffset at = scope.Now - TimeSpan.FromMinutes(1);
        Decision decision = new()
        {
            CaseNumber = about.Number, CaseVersion = 1, TaskNumber = task.Number, DeciderId = person, DecidedAt = at, UndoUntil = at,
            Verdict = verdict, PolicyId = violates ? Policy.Id : null, Actions = violates ? Action.Id : "",
        };
        scope.Db.Add(decision);
        return decision;
    }

    /// <summary>The moderator comes to know what was decided of a case without having decided it.</summary>
    public Task<int> KnowAsync(Case about, Guid golden, string how) => Console.WriteAsync(async scope =>
    {
        if (how == "made")
        {
            return await scope.Db.Set<GoldenCase>().Where(row => row.Id == golden).ExecuteUpdateAsync(set => set.SetProperty(row => row.MadeBy, Moderator.Id), Cancel);
        }

        if (how == "coaching")
        {
            scope.Db.Add(new CoachingNote { CaseNumber = about.Number, FromId = Lead.Id, ToId = Moderator.Id, Text = "See here", SentAt = scope.Now });
            return 0;
        }

        CalibrationSession session = new() { Name = "Session", MadeBy = Lead.Id, MadeAt = scope.Now };
        CalibrationCase shown = new() { SessionId = session.Id, CaseNumber = about.Number, DecisionId = (await GoldenNowAsync(golden)).DecisionId };
        ReviewTask task = ReviewTask.Create(about.Number, 1, TaskKind.Calibration, Queue.Id, 50, Instant.Never, scope.Now);
        task.Withdraw(scope.Now);
        scope.Db.AddRange(session, shown, task);
        await scope.Db.SaveChangesAsync(Cancel);
        scope.Db.Add(new CalibrationVote { CalibrationCaseId = shown.Id, PersonId = Moderator.Id, Round = 1, TaskNumber = task.Number });
        return 0;
    });

    /// <summary>A newer version of the policy.</summary>
    public Task<int> RewritePolicyAsync() => Console.WriteAsync(async scope =>
    {
        Policy policy = await scope.Db.Set<Policy>().SingleAsync(row => row.Id == Policy.Id, Cancel);
        policy.CurrentVersion = 2;
        scope.Db.Add(new PolicyVersion { PolicyId = policy.Id, Number = 2, Name = policy.Name, Text = "Other words", EffectiveFrom = scope.Now });
        return 0;
    });

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}

/// <summary>A task in someone's hands.</summary>
internal readonly record struct LeasedTaskPlace(long Number, long Fence);
