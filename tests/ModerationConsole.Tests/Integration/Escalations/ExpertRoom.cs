using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations;

/// <summary>A moderator who asks, two experts who may answer, and short words for what they do.</summary>
internal sealed class ExpertRoom
{
    private ExpertRoom(TestConsole console, Caller asker, Caller first, Caller second, CaseQueue cases)
    {
        (Console, Asker, First, Second, Cases) = (console, asker, first, second, cases);
    }

    public TestConsole Console { get; }

    public Caller Asker { get; }

    public Caller First { get; }

    public Caller Second { get; }

    public CaseQueue Cases { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ExpertRoom> OpenAsync(TestConsole console)
    {
        Caller asker = await console.PersonAsync();
        Caller first = await console.PersonAsync(Roles.PolicyExpert);
        Caller second = await console.PersonAsync(Roles.PolicyExpert);
        await console.QueueAsync([first, second], queue => queue.DeadlineMinutes = 1_440, QueueKind.Expert);
        await console.QueueAsync([first, second], queue => queue.DeadlineMinutes = 15, QueueKind.Emergency);
        return new ExpertRoom(console, asker, first, second, await console.QueueAsync([asker]));
    }

    /// <summary>The moderator asks about a new case; returns the escalation's number.</summary>
    public async Task<long> AskAsync(string question = "Is this satire?", EscalationAddress? to = null, bool urgent = false, Caller? by = null, Sensitivity sensitivity = Sensitivity.Ordinary)
    {
        (EscalateResult result, _) = await TryAskAsync(question, to, urgent, by, sensitivity);
        Assert.Equal(EscalateOutcome.Escalated, result.Outcome);
        return await NumberAsync(result.EscalationId);
    }

    public async Task<(EscalateResult Result, ReviewTask Task)> TryAskAsync(
        string question = "Is this satire?", EscalationAddress? to = null, bool urgent = false, Caller? by = null, Sensitivity sensitivity = Sensitivity.Ordinary)
    {
        (_, ReviewTask task) = await Console.CaseAsync(Cases, sensitivity: sensitivity);
        ActiveLease lease = await Console.HoldAsync(by ?? Asker, task);
        return (await Console.Use<EscalateCase>().RunAsync(by ?? Asker, task.Number, lease.Fence, question, Cancel, to, urgent), task);
    }

    /// <summary>The moderator raises an emergency about a new case; returns the escalation's number.</summary>
    public async Task<long> AlarmAsync(string? what = "NEVER-LEAVES", Caller? by = null)
    {
        (_, ReviewTask task) = await Console.CaseAsync(Cases);
        ActiveLease lease = await Console.HoldAsync(by ?? Asker, task);
        EscalateResult result = await Console.Use<RaiseEmergency>().RunAsync(by ?? Asker, task.Number, lease.Fence, what, Cancel);
        Assert.Equal(EscalateOutcome.Escalated, result.Outcome);
        return await NumberAsync(result.EscalationId);
    }

    public Task<ClaimResult> ClaimAsync(Caller person) => Console.Use<ClaimNextCase>().RunAsync(person, null, cancellationToken: Cancel);

    /// <summary>An expert takes what is offered and rules.</summary>
    public async Task<DecideResult> RuleAsync(Caller expert, Verdict verdict = Verdict.Allow, string? rationale = "Satire by its form")
    {
        LeasedTask task = (await ClaimAsync(expert)).Task!;
        return await Console.Use<DecideCase>().RunAsync(expert, new DecideCommand(task.TaskNumber, task.Fence, verdict) { InternalNote = rationale }, Cancel);
    }

    public Task<EscalationView?> ReadAsync(Caller person, long number) => Console.Use<ReadEscalation>().RunAsync(person, number, Cancel);

    public Task<FoundEscalations> ListAsync(Caller person, EscalationFilter? filter = null) => Console.Use<ListEscalations>().RunAsync(person, filter ?? new EscalationFilter(), Cancel);

    public Task<WriteMessageOutcome> WriteAsync(Caller person, long number, string? text) => Console.Use<WriteToEscalation>().RunAsync(person, number, text, Cancel);

    public Task<ConsultOutcome> ConsultAsync(Caller expert, long number, Caller whom) => Console.Use<ConsultExpert>().RunAsync(expert, number, whom.Id, Cancel);

    public Task<IReadOnlyList<InboxEntry>> InboxAsync(Caller person) => Console.Use<ListInbox>().RunAsync(person, Cancel);

    /// <summary>A policy area that people are named for.</summary>
    public async Task<Policy> AreaAsync(params Caller[] named)
    {
        Policy area = await Console.PolicyAsync();
        Assert.Equal(SaveAreaExpertsOutcome.Saved, await Console.Use<SaveAreaExperts>().RunAsync(First, area.Id, [.. named.Select(person => person.Id)], Cancel));
        return area;
    }

    public Task<Escalation> RowAsync(long number) => Console.ReadAsync(db => db.Set<Escalation>().SingleAsync(row => row.ExpertTask == number, Cancel));

    private Task<long> NumberAsync(Guid? id) => Console.ReadAsync(db => db.Set<Escalation>().Where(row => row.Id == id).Select(row => row.ExpertTask).SingleAsync(Cancel));
}
