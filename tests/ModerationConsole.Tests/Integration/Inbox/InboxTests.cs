using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Inbox;

public sealed class InboxTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_Answered_IsToldToWhoAskedUntilTheAnswerIsTakenBack()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller asker = await console.PersonAsync();
        Caller expert = await console.PersonAsync(Roles.PolicyExpert);
        CaseQueue queue = await console.QueueAsync([asker]);
        await console.QueueAsync([expert], kind: QueueKind.Expert);
        (Case about, ReviewTask task) = await console.CaseAsync(queue);
        ActiveLease lease = await console.HoldAsync(asker, task);
        await console.Use<EscalateCase>().RunAsync(asker, task.Number, lease.Fence, "Is this satire?", Cancel);
        LeasedTask theirs = await console.ClaimAsync(expert);

        DecideResult answer = await console.Use<DecideCase>().RunAsync(expert, new DecideCommand(theirs.TaskNumber, theirs.Fence, Verdict.Allow) { InternalNote = "Satire" }, Cancel);

        InboxEntry told = Assert.Single(await ReadAsync(console, asker));
        Assert.Equal((InboxKind.EscalationAnswered, (long?)about.Number, "Allow"), (told.Kind, told.CaseNumber, told.Subject));
        Assert.Empty(await ReadAsync(console, expert));
        await console.Use<UndoDecision>().RunAsync(expert, answer.DecisionId!.Value, Cancel);
        Assert.Empty(await ReadAsync(console, asker));
    }

    [Fact]
    public async Task Answer_OnACaseMarkedAsChildSafetySince_IsNotTold()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        (Case about, _) = await console.CaseAsync(await console.QueueAsync());
        await console.WriteAsync(async scope =>
        {
            await scope.TellAsync(person.Id, InboxKind.EscalationAnswered, "answer:1", Cancel, about.Number);
            return 0;
        });
        Assert.Single(await ReadAsync(console, person));

        await console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number)).Sensitivity = Sensitivity.ChildSafety;
            return 0;
        });

        Assert.Empty(await ReadAsync(console, person));
    }

    [Fact]
    public async Task Text_AboutACaseThatLeft_IsToldUntilTheCaseIsBack()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        (Case about, ReviewTask task) = await console.CaseAsync(queue);
        LeasedTask mine = await console.ClaimAsync(person);
        await console.Use<SaveDraft>().RunAsync(person, task.Number, "{}", Cancel);
        Assert.Empty(await ReadAsync(console, person));

        await console.Use<ReleaseTask>().RunAsync(person, mine.TaskNumber, mine.Fence, exclude: false, Cancel);

        InboxEntry told = Assert.Single(await ReadAsync(console, person));
        Assert.Equal((InboxKind.DraftKept, (long?)about.Number, (long?)task.Number, queue.Name), (told.Kind, told.CaseNumber, told.TaskNumber, told.Name));
        await console.ClaimAsync(person);
        Assert.Empty(await ReadAsync(console, person));
    }

    [Fact]
    public async Task Clocks_NearTheirEnd_AreToldToLeadsAndComeBackWhenAnotherComesNear()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller moderator = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([moderator]);
        DateTimeOffset now = console.Clock.GetUtcNow();
        await console.CaseAsync(queue, dueAt: now.AddMinutes(30));
        await console.CaseAsync(queue, dueAt: now.AddHours(3));

        InboxEntry told = Assert.Single(await ReadAsync(console, lead));
        Assert.Equal((InboxKind.DueSoon, 1, queue.Name), (told.Kind, told.Count, told.Name));
        Assert.Empty(await ReadAsync(console, moderator));
        await console.Use<CloseInboxItem>().RunAsync(lead, told.Key, told.Kind, Cancel);
        Assert.Empty(await ReadAsync(console, lead));

        console.Clock.Advance(TimeSpan.FromMinutes(150));

        Assert.Equal(2, Assert.Single(await ReadAsync(console, lead)).Count);
    }

    [Fact]
    public async Task Entry_Settled_IsGoneForItsPersonAlone()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller one = await console.PersonAsync();
        Caller other = await console.PersonAsync();
        await console.WriteAsync(async scope =>
        {
            await scope.TellAsync(one.Id, InboxKind.BatchFinished, "batch:1", Cancel, subject: "1");
            await scope.TellAsync(other.Id, InboxKind.BatchFinished, "batch:1", Cancel, subject: "1");
            return 0;
        });

        Assert.True(await console.Use<CloseInboxItem>().RunAsync(one, "batch:1", InboxKind.BatchFinished, Cancel));

        Assert.Empty(await ReadAsync(console, one));
        Assert.Single(await ReadAsync(console, other));
    }

    private static Task<IReadOnlyList<InboxEntry>> ReadAsync(TestConsole console, Caller caller) => console.Use<ListInbox>().RunAsync(caller, Cancel);
}
