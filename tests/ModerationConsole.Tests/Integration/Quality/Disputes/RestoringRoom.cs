using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Disputes;

/// <summary>A decision that was corrected, explained and disputed, with actions that can be taken back, and someone without a hand in it.</summary>
internal sealed class RestoringRoom : IAsyncDisposable
{
    private readonly SampleRoom _room;
    private Guid _sample;
    private Guid _dispute;

    private RestoringRoom(SampleRoom room) => _room = room;

    public TestConsole Console => _room.Console;

    public Caller Lead => _room.Lead;

    public Caller Author => _room.Author;

    /// <summary>The policy that the first decision names, or the correction where the first allowed it.</summary>
    public string PolicyId => _room.Policy.Id;

    /// <summary>Decides the dispute.</summary>
    public required Caller Decider { get; init; }

    /// <summary>The action that violations order: it asks for a value, and another takes it back.</summary>
    public string Remove => _room.Action.Id;

    /// <summary>The action that takes it back.</summary>
    public required string PutBack { get; init; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RestoringRoom> OpenAsync(Dictionary<string, string?> settings)
    {
        SampleRoom room = await SampleRoom.OpenAsync(settings);
        string back = (await room.Console.ActionAsync()).Id;
        await room.Console.WriteAsync(async scope =>
        {
            ActionDefinition remove = await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == room.Action.Id, Cancel);
            remove.ReversalActionId = back;
            remove.Parameters = ActionParameters.Write([new ActionParameter("length")]);
            return 0;
        });
        return new RestoringRoom(room) { Decider = await room.Console.PersonAsync(Roles.Lead), PutBack = back };
    }

    /// <summary>From the first decision to the dispute about it.</summary>
    /// <param name="deliver">Whether what the first one ordered was sent before it was corrected.</param>
    /// <param name="fail">Whether the platform would not have it.</param>
    /// <param name="meanwhile">What happens between the last verdict and the correction that comes of it.</param>
    public async Task CorrectAsync(Verdict first, Verdict found, bool deliver, bool fail = false, Func<string, Task>? meanwhile = null)
    {
        (_, ReviewTask task) = await Console.CaseAsync(_room.Queue);
        Decision decision = await SubmitAsync(task.Number, first, _room.Author, _room.Policy);
        if (deliver)
        {
            await DeliverAsync();
        }
        else if (fail)
        {
            await EachPendingAsync((action, now) =>
            {
                action.Begin(now.AddSeconds(30));
                action.Fail(500, "refused", now);
            });
        }

        Policy policy = first == found ? await Console.PolicyAsync() : _room.Policy;
        QualitySample sample = await _room.DrawAsync(decision);
        _sample = sample.Id;
        await SubmitAsync(sample.TaskNumber, found, _room.Reviewer, policy);
        await _room.SettleAsync();
        await SubmitAsync((await SampleAsync()).AdjudicationTask!.Value, found, Lead, policy);
        await (meanwhile?.Invoke(policy.Id) ?? Task.CompletedTask);
        await _room.SettleAsync();
        Assert.NotNull((await SampleAsync()).CorrectionId);
        ErrorKind kind = ErrorKinds.Fitting(first, found)[0];
        Assert.Equal(ExplainOutcome.Explained, await Console.Use<ExplainResult>().RunAsync(Lead, new ResultExplanation(_sample, kind, RootCause.Slip, "It is a quotation."), Cancel));
        Assert.Equal(OpenDisputeOutcome.Opened, await Console.Use<OpenDispute>().RunAsync(_room.Author, _sample, "It is none.", Cancel));
        _dispute = await Console.ReadAsync(db => db.Set<Dispute>().Select(row => row.Id).SingleAsync(Cancel));
    }

    public Task<DecideDisputeResult> OverturnAsync() => DecideAsync(DisputeState.Overturned);

    public Task<DecideDisputeResult> DecideAsync(DisputeState finding) => Console.Use<DecideDispute>().RunAsync(Decider, _dispute, finding, "The context says so.", Cancel);

    /// <summary>What the page of the dispute says.</summary>
    public async Task<DisputeView> ShownAsync() => (await Console.Use<ReadDispute>().RunAsync(Decider, _dispute, Cancel))!;

    /// <summary>What it says became of the correction.</summary>
    public async Task<CorrectionEnd> EndShownAsync() => (await ShownAsync()).Correction;

    public Task<QualitySample> SampleAsync() => Console.ReadAsync(db => db.Set<QualitySample>().AsNoTracking().SingleAsync(row => row.Id == _sample, Cancel));

    public Task<Case> CaseAsync() => Console.ReadAsync(db => db.Set<Case>().AsNoTracking().SingleAsync(Cancel));

    /// <summary>The first decision, its correction, and what took the place of that.</summary>
    public async Task<(Decision First, Decision Correction, Decision Restored)> ThreeAsync()
    {
        QualitySample sample = await SampleAsync();
        Decision restored = await Console.ReadAsync(db => db.Set<Decision>().AsNoTracking().SingleAsync(row => row.ReversesId == sample.CorrectionId, Cancel));
        return (await _room.DecisionNowAsync(sample.DecisionId), await _room.DecisionNowAsync(sample.CorrectionId), restored);
    }

    /// <summary>How many decisions took the place of the correction by way of the dispute.</summary>
    public async Task<int> RestoredAsync()
    {
        Guid? correction = (await SampleAsync()).CorrectionId;
        return await Console.ReadAsync(db => db.Set<Decision>().CountAsync(row => row.ReversesId == correction && row.DeciderId == Decider.Id, Cancel));
    }

    public Task<List<EnforcementAction>> OrderedAsync() => Console.ReadAsync(db => db.Set<EnforcementAction>().AsNoTracking().OrderBy(row => row.Id).ToListAsync(Cancel));

    public Task<List<AuditEntry>> AuditAsync() => Console.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking().ToListAsync(Cancel));

    /// <summary>What waits to be sent is sent.</summary>
    public Task DeliverAsync() => EachPendingAsync((action, now) =>
    {
        action.Begin(now.AddSeconds(30));
        action.Deliver(200, now);
    });

    /// <summary>What waits to be sent is tried without an answer.</summary>
    public Task TryAsync() => EachPendingAsync((action, now) =>
    {
        action.Begin(now.AddSeconds(30));
        action.Retry(null, "timeout", now.AddMinutes(1));
    });

    public Task ReopenAsync() => Console.WriteAsync(async scope =>
    {
        (await scope.Db.Set<Case>().SingleAsync(Cancel)).Reopen();
        return 0;
    });

    public Task ArchiveAsync(string action) => Console.WriteAsync(async scope => (await scope.Db.Set<ActionDefinition>().SingleAsync(row => row.Id == action, Cancel)).Archived = true);

    public Task MarkChildSafetyAsync() => Console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(Cancel)).Sensitivity = Sensitivity.ChildSafety);

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    private Task<int> EachPendingAsync(Action<EnforcementAction, DateTimeOffset> change) => Console.WriteAsync(async scope =>
    {
        List<EnforcementAction> pending = await scope.Db.Set<EnforcementAction>().Where(row => row.State == EnforcementState.Pending).ToListAsync(Cancel);
        pending.ForEach(action => change(action, scope.Now));
        return pending.Count;
    });

    private async Task<Decision> SubmitAsync(long task, Verdict verdict, Caller by, Policy policy)
    {
        ActiveLease lease = await _room.HoldAsync(by, task);
        DecideResult result = await Console.Use<DecideCase>().RunAsync(
            by,
            new DecideCommand(lease.TaskNumber, lease.Fence, verdict)
            {
                PolicyId = verdict == Verdict.Violation ? policy.Id : null,
                Actions = verdict == Verdict.Violation ? [new ActionOrder(Remove, Parameters: new JsonObject { ["length"] = "7 days" })] : [],
                ReasonForUser = "See our rules.",
            },
            Cancel);
        Assert.Equal(DecideOutcome.Decided, result.Outcome);
        Console.Clock.Advance(TimeSpan.FromMinutes(5));
        return await _room.DecisionNowAsync(result.DecisionId);
    }
}
