using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations;

// What is said about a question, and what is ruled.
public abstract partial class EscalationsOnEach
{
    [Fact]
    public async Task Message_OfEitherSide_ReachesTheOtherInOneEntryAndTheAuditWithoutItsWords()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AskAsync();
        await room.ClaimAsync(room.First);

        Assert.Equal(WriteMessageOutcome.Written, await room.WriteAsync(room.First, number, "Who is the speaker?"));
        Assert.Equal(WriteMessageOutcome.Written, await room.WriteAsync(room.First, number, "And <b>where</b>?"));

        InboxEntry told = Assert.Single(await room.InboxAsync(room.Asker));
        Assert.Equal((InboxKind.EscalationMessage, (long?)number), (told.Kind, told.TaskNumber));
        Assert.Equal(WriteMessageOutcome.Written, await room.WriteAsync(room.Asker, number, "A comedian"));
        Assert.Equal(InboxKind.EscalationMessage, Assert.Single(await room.InboxAsync(room.First)).Kind);
        EscalationView view = (await room.ReadAsync(room.Asker, number))!;
        Assert.Equal(
            [("Who is the speaker?", ThreadSide.Expert, false), ("And <b>where</b>?", ThreadSide.Expert, false), ("A comedian", ThreadSide.Asker, true)],
            view.Messages.Select(message => (message.Text, message.Side, message.Mine)));
        List<AuditEntry> entries = await console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == AuditAct.EscalationMessageWritten).ToListAsync(Cancel));
        Assert.Equal(3, entries.Count);
        Assert.All(entries, entry => Assert.DoesNotContain("speaker", entry.Details, StringComparison.Ordinal));
        Assert.DoesNotContain(await console.ReadAsync(db => db.Set<OutboxEvent>().ToListAsync(Cancel)), change => change.State?.Contains("speaker", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task Message_ThatCannotStand_IsRefused()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller stranger = await console.PersonAsync();
        long number = await room.AskAsync();

        Assert.Equal(WriteMessageOutcome.Empty, await room.WriteAsync(room.Asker, number, " \u200b "));
        Assert.Equal(WriteMessageOutcome.TooLong, await room.WriteAsync(room.Asker, number, new string('a', 5_001)));
        Assert.Equal(WriteMessageOutcome.NotTheirs, await room.WriteAsync(lead, number, "I only read"));
        Assert.Equal(WriteMessageOutcome.NotThere, await room.WriteAsync(stranger, number, "I do not know of it"));
        await room.RuleAsync(room.First);
        Assert.Equal(WriteMessageOutcome.Over, await room.WriteAsync(room.Asker, number, "Too late"));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<EscalationMessage>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Thread_ThatIsFull_TakesNoMore()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AskAsync();
        Guid id = (await room.RowAsync(number)).Id;
        await console.WriteAsync(scope =>
        {
            scope.Db.AddRange(Enumerable.Range(0, 200).Select(_ => new EscalationMessage { EscalationId = id, PersonId = room.Asker.Id, Text = "x", At = scope.Now }));
            return Task.FromResult(0);
        });

        Assert.Equal(WriteMessageOutcome.ThreadFull, await room.WriteAsync(room.Asker, number, "One more"));
    }

    [Fact]
    public async Task ConsultedExpert_ReadsAndAnswersWhileTheSameOneRules()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AskAsync();
        await room.ClaimAsync(room.First);

        Assert.Equal(ConsultOutcome.Consulted, await room.ConsultAsync(room.First, number, room.Second));
        Assert.Equal(ConsultOutcome.AlreadyConsulted, await room.ConsultAsync(room.First, number, room.Second));
        Assert.Equal(ConsultOutcome.CannotAnswer, await room.ConsultAsync(room.First, number, room.Asker));
        Assert.Equal(ConsultOutcome.CannotAnswer, await room.ConsultAsync(room.First, number, await console.PersonAsync()));

        Assert.Equal(InboxKind.ExpertConsulted, Assert.Single(await room.InboxAsync(room.Second)).Kind);
        Assert.Equal(WriteMessageOutcome.Written, await room.WriteAsync(room.Second, number, "I would allow it"));
        EscalationView view = (await room.ReadAsync(room.First, number))!;
        Assert.Equal(ThreadSide.Consulted, Assert.Single(view.Messages).Side);
        Assert.Equal(room.First.Id, (await console.ReadAsync(db => db.Set<ActiveLease>().SingleAsync(row => row.TaskNumber == number, Cancel))).PersonId);
        Assert.Equal(ClaimOutcome.NothingSuitable, (await room.ClaimAsync(room.Second)).Outcome);
        Assert.Contains(AuditAct.ExpertConsulted, await console.ReadAsync(db => db.Set<AuditEntry>().Select(row => row.Act).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task Ruling_IsLinkedToldAndOpenAgainWhenTakenBack()
    {
        await using TestConsole console = await StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AskAsync();

        DecideResult ruled = await room.RuleAsync(room.First);

        EscalationView view = (await room.ReadAsync(room.Asker, number))!;
        Assert.Equal((EscalationState.Ruled, Verdict.Allow, "Satire by its form"), (view.State, view.Ruling!.Verdict, view.Ruling.Rationale));
        Escalation row = await room.RowAsync(number);
        Assert.Equal((ruled.DecisionId, (Guid?)room.First.Id, (DateTimeOffset?)console.Clock.Now()), (row.DecisionId, row.RuledBy, row.RuledAt));
        InboxEntry told = Assert.Single(await room.InboxAsync(room.Asker));
        Assert.Equal((InboxKind.EscalationAnswered, (long?)number, "Allow"), (told.Kind, told.TaskNumber, told.Subject));

        await console.Use<UndoDecision>().RunAsync(room.First, ruled.DecisionId!.Value, Cancel);

        Assert.Equal((EscalationState.Open, null), ((await room.ReadAsync(room.Asker, number))!.State, (await room.RowAsync(number)).DecisionId));
        Assert.Empty(await room.InboxAsync(room.Asker));
        List<AuditAct> acts = await console.ReadAsync(db => db.Set<AuditEntry>().Select(entry => entry.Act).ToListAsync(Cancel));
        Assert.Equal((1, 1), (acts.Count(act => act == AuditAct.EscalationRuled), acts.Count(act => act == AuditAct.EscalationReopened)));
    }
}
