using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>A moderator whose violation was found to be none, by a reviewer and a lead who has yet to say why; and another lead.</summary>
internal sealed class ResultRoom : IAsyncDisposable
{
    private readonly DecisionDesk _desk;

    private ResultRoom(DecisionDesk desk, Caller reviewer, Caller adjudicator, Caller other, Policy policy, QualitySample sample)
    {
        _desk = desk;
        (Reviewer, Adjudicator, Other, Policy, SampleId) = (reviewer, adjudicator, other, policy, sample.Id);
    }

    public TestConsole Console => _desk.Console;

    public Caller Author => _desk.Person;

    public Caller Reviewer { get; }

    public Caller Adjudicator { get; }

    /// <summary>A lead without a hand in it.</summary>
    public Caller Other { get; }

    public Policy Policy { get; }

    public Case Case => _desk.Case;

    public Guid SampleId { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ResultRoom> OpenAsync(TestConsole? console = null, string role = Roles.Moderator)
    {
        console ??= await TestConsole.StartAsync();
        Policy policy = await console.PolicyAsync();
        DecisionDesk desk = await DecisionDesk.OpenAsync(console: console, role: role);
        DecideResult decided = await desk.DecideAsync(desk.Command(Verdict.Violation) with { PolicyId = policy.Id });
        Decision decision = await desk.DecisionAsync(decided.DecisionId);
        Caller reviewer = await console.PersonAsync(Roles.QualityReviewer);
        Caller adjudicator = await console.PersonAsync(Roles.Lead);
        QualitySample sample = await console.WriteAsync(scope => scope.FoundWrongAsync(decision, reviewer.Id, adjudicator.Id, Verdict.Allow));
        return new ResultRoom(desk, reviewer, adjudicator, await console.PersonAsync(Roles.Lead), policy, sample);
    }

    /// <summary>The same, explained: its author may know.</summary>
    public static async Task<ResultRoom> ExplainedAsync(TestConsole? console = null, string role = Roles.Moderator)
    {
        ResultRoom room = await OpenAsync(console, role);
        Assert.Equal(ExplainOutcome.Explained, await room.ExplainAsync(room.Adjudicator));
        return room;
    }

    /// <summary>The same, seen and disputed.</summary>
    public static async Task<(ResultRoom Room, Guid Dispute)> DisputedAsync(TestConsole? console = null, string role = Roles.Moderator)
    {
        ResultRoom room = await ExplainedAsync(console, role);
        Assert.Equal(OpenDisputeOutcome.Opened, await room.DisputeAsync(room.Author));
        return (room, await room.Console.ReadAsync(db => db.Set<Dispute>().Select(row => row.Id).SingleAsync(Cancel)));
    }

    public Task<ExplainOutcome> ExplainAsync(Caller by, ErrorKind? kind = ErrorKind.FalsePositive, RootCause? cause = RootCause.Knowledge, string? text = "It is a quotation.") =>
        Console.Use<ExplainResult>().RunAsync(by, new ResultExplanation(SampleId, kind, cause, text), Cancel);

    public Task<OpenDisputeOutcome> DisputeAsync(Caller by, string? text = "It is no quotation.") => Console.Use<OpenDispute>().RunAsync(by, SampleId, text, Cancel);

    public Task<DecideDisputeResult> DecideAsync(Caller by, Guid dispute, DisputeState? finding, string? reason = "The context says so.") =>
        Console.Use<DecideDispute>().RunAsync(by, dispute, finding, reason, Cancel);

    public Task<QualitySample> SampleAsync() => Console.ReadAsync(db => db.Set<QualitySample>().AsNoTracking().SingleAsync(row => row.Id == SampleId, Cancel));

    public Task<IReadOnlyList<InboxEntry>> InboxAsync(Caller of) => Console.Use<ListInbox>().RunAsync(of, Cancel);

    public Task<List<AuditEntry>> AuditAsync(AuditAct act) =>
        Console.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Act == act).ToListAsync(Cancel));

    public Task MarkChildSafetyAsync() => Console.WriteAsync(async scope =>
    {
        (await scope.Db.Set<Case>().SingleAsync(row => row.Number == Case.Number)).Sensitivity = Sensitivity.ChildSafety;
        return 0;
    });

    public Task DisableAsync(Caller person) => Console.WriteAsync(async scope =>
    {
        (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == person.Id)).Disabled = true;
        return 0;
    });

    public ValueTask DisposeAsync() => _desk.DisposeAsync();
}
