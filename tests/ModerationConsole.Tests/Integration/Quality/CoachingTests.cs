using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Coaching;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>A lead sends a case with a note to one person, and learns that it was read.</summary>
public sealed class CoachingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Note_Sent_IsReadByTheTwoAloneAndItsReceiptShownToTheSender()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller lead = await desk.Console.PersonAsync(Roles.Lead);
        Caller other = await desk.Console.PersonAsync(Roles.Lead);

        Assert.Equal(SendCoachingOutcome.Sent, await SendAsync(desk, lead, desk.Person.Id, "  Look at the second line. "));

        CoachingNote note = await desk.Console.ReadAsync(db => db.Set<CoachingNote>().SingleAsync(Cancel));
        Assert.Equal((lead.Id, desk.Person.Id, "Look at the second line."), (note.FromId, note.ToId, note.Text));
        InboxEntry told = Assert.Single(await desk.Console.Use<ListInbox>().RunAsync(desk.Person, Cancel));
        Assert.Equal((InboxKind.CoachingReceived, $"{note.Id}"), (told.Kind, told.Subject));
        Assert.Null(Assert.Single((await desk.Console.Use<ListSentCoaching>().RunAsync(lead, null, Cancel)).Rows).ReadAt);
        // What the sender or anyone else opens is no receipt.
        Assert.False(await desk.Console.Use<SeeCoaching>().RunAsync(lead, note.Id, Cancel));
        Assert.False(await desk.Console.Use<SeeCoaching>().RunAsync(other, note.Id, Cancel));
        Assert.Null(await desk.Console.Use<ReadCoaching>().RunAsync(other, note.Id, Cancel));
        Assert.Empty((await desk.Console.Use<ListSentCoaching>().RunAsync(other, null, Cancel)).Rows);
        Assert.Equal("Look at the second line.", (await desk.Console.Use<ReadCoaching>().RunAsync(desk.Person, note.Id, Cancel))!.Text);
        Assert.Null(Assert.Single((await desk.Console.Use<ListReceivedCoaching>().RunAsync(desk.Person, null, Cancel)).Rows).ReadAt);
        DateTimeOffset read = desk.Console.Clock.GetUtcNow();

        Assert.True(await desk.Console.Use<SeeCoaching>().RunAsync(desk.Person, note.Id, Cancel));
        desk.Console.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(await desk.Console.Use<SeeCoaching>().RunAsync(desk.Person, note.Id, Cancel));

        Assert.Equal(read, Assert.Single((await desk.Console.Use<ListSentCoaching>().RunAsync(lead, null, Cancel)).Rows).ReadAt);
        Assert.Empty(await desk.Console.Use<ListInbox>().RunAsync(desk.Person, Cancel));
        List<AuditEntry> entries = await desk.Console.ReadAsync(db => db.Set<AuditEntry>()
            .Where(entry => entry.Act == AuditAct.CoachingSent || entry.Act == AuditAct.CoachingRead).OrderBy(entry => entry.Number).ToListAsync(Cancel));
        Assert.Equal([(AuditAct.CoachingSent, lead.Id), (AuditAct.CoachingRead, desk.Person.Id)], entries.Select(entry => (entry.Act, entry.ActorId!.Value)));
        Assert.DoesNotContain("second line", entries[0].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Note_ThatLacksSomething_IsRefused()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller lead = await desk.Console.PersonAsync(Roles.Lead);
        Caller analyst = await desk.Console.PersonAsync(Roles.Analyst);

        Assert.Equal(SendCoachingOutcome.TextRequired, await SendAsync(desk, lead, desk.Person.Id, " \u3164 "));
        Assert.Equal(SendCoachingOutcome.TextTooLong, await SendAsync(desk, lead, desk.Person.Id, new string('a', 5_001)));
        Assert.Equal(SendCoachingOutcome.NobodyToSendTo, await SendAsync(desk, lead, null, "Look"));
        Assert.Equal(SendCoachingOutcome.NobodyToSendTo, await SendAsync(desk, lead, Guid.NewGuid(), "Look"));
        Assert.Equal(SendCoachingOutcome.NobodyToSendTo, await SendAsync(desk, lead, lead.Id, "Look"));
        Assert.Equal(SendCoachingOutcome.NobodyToSendTo, await SendAsync(desk, lead, analyst.Id, "Look"));
        Assert.Equal(SendCoachingOutcome.NoCase, await SendAsync(desk, lead, desk.Person.Id, "Look", caseNumber: 99_999));
        Assert.Equal(0, await desk.CountAsync<CoachingNote>());
    }

    [Fact]
    public async Task Case_OfChildSafety_IsNeverSentAndItsNotesAreGone()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller lead = await desk.Console.PersonAsync(Roles.Lead, own: Permission.ChildSafety);
        await SendAsync(desk, lead, desk.Person.Id, "Look");
        CoachingNote note = await desk.Console.ReadAsync(db => db.Set<CoachingNote>().SingleAsync(Cancel));

        await desk.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<Case>().SingleAsync(row => row.Number == desk.Case.Number)).Sensitivity = Sensitivity.ChildSafety;
            return 0;
        });

        Assert.Equal(SendCoachingOutcome.NoCase, await SendAsync(desk, lead, desk.Person.Id, "Look"));
        Assert.Null(await desk.Console.Use<PrepareCoaching>().RunAsync(lead, desk.Case.Number, Cancel));
        Assert.Empty((await desk.Console.Use<ListSentCoaching>().RunAsync(lead, null, Cancel)).Rows);
        Assert.Null(await desk.Console.Use<ReadCoaching>().RunAsync(desk.Person, note.Id, Cancel));
        Assert.False(await desk.Console.Use<SeeCoaching>().RunAsync(desk.Person, note.Id, Cancel));
    }

    [Theory]
    [InlineData(true, ClaimOutcome.NothingSuitable)]
    [InlineData(false, ClaimOutcome.Claimed)]
    public async Task Case_KnownFromANote_IsNotOfferedToBeJudgedAgain(bool coached, ClaimOutcome expected)
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Allow);
        Caller lead = await desk.Console.PersonAsync(Roles.Lead);
        Caller reviewer = await ReviewerAsync(desk);
        if (coached)
        {
            await SendAsync(desk, lead, reviewer.Id, "Look");
        }

        await MeasureAsync(desk, decided.DecisionId!.Value);

        Assert.Equal(expected, (await desk.Console.Use<ClaimNextCase>().RunAsync(reviewer, null, cancellationToken: Cancel)).Outcome);
    }

    [Fact]
    public async Task Note_AboutACaseThatItsReceiverJudgesAgain_IsNotThereUntilTheyHave()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        DecideResult decided = await desk.DecideAsync(Verdict.Allow);
        Caller lead = await desk.Console.PersonAsync(Roles.Lead);
        Caller reviewer = await ReviewerAsync(desk);
        ActiveLease lease = await desk.Console.HoldAsync(reviewer, await MeasureAsync(desk, decided.DecisionId!.Value));

        await SendAsync(desk, lead, reviewer.Id, "Look");

        Assert.Empty((await desk.Console.Use<ListReceivedCoaching>().RunAsync(reviewer, null, Cancel)).Rows);
        await desk.Console.WriteAsync(async scope =>
        {
            await scope.Db.Set<ActiveLease>().Where(row => row.LeaseId == lease.LeaseId).ExecuteDeleteAsync(Cancel);
            return 0;
        });
        Assert.Single((await desk.Console.Use<ListReceivedCoaching>().RunAsync(reviewer, null, Cancel)).Rows);
    }

    [Fact]
    public async Task PeopleToSendTo_BeginWithWhoDecidedTheCase_NotWithWhoJudgedItAgain()
    {
        await using ResultRoom room = await ResultRoom.ExplainedAsync();

        IReadOnlyList<CoachingPerson> people = (await room.Console.Use<PrepareCoaching>().RunAsync(room.Other, room.Case.Number, Cancel))!;

        Assert.Equal([room.Author.Id], people.Where(person => person.Decided).Select(person => person.Id));
        Assert.Equal(room.Author.Id, people[0].Id);
        Assert.DoesNotContain(people, person => person.Id == room.Other.Id);
    }

    [Theory]
    [InlineData(Roles.Moderator)]
    [InlineData(Roles.QualityReviewer)]
    [InlineData(Roles.PolicyExpert)]
    [InlineData(Roles.Analyst)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Admin)]
    public async Task Coaching_ByAnyoneButALead_IsRefused(string role)
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        Caller person = await desk.Console.PersonAsync(role);

        await Assert.ThrowsAsync<PermissionDeniedException>(() => SendAsync(desk, person, desk.Person.Id, "Look"));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => desk.Console.Use<PrepareCoaching>().RunAsync(person, desk.Case.Number, Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => desk.Console.Use<ListSentCoaching>().RunAsync(person, null, Cancel));
    }

    private static async Task<Caller> ReviewerAsync(DecisionDesk desk)
    {
        Caller reviewer = await desk.Console.PersonAsync(Roles.QualityReviewer);
        return await desk.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = desk.Queue.Id, PersonId = reviewer.Id });
            return Task.FromResult(reviewer);
        });
    }

    private static Task<ReviewTask> MeasureAsync(DecisionDesk desk, Guid decisionId) => desk.Console.WriteAsync(async scope =>
        await scope.QueueMeasuringAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == desk.Case.Number), new MeasuringOrder(TaskKind.Qa, decisionId, 1, desk.Queue.Id), Cancel));

    private static Task<SendCoachingOutcome> SendAsync(DecisionDesk desk, Caller by, Guid? to, string text, long? caseNumber = null) =>
        desk.Console.Use<SendCoaching>().RunAsync(by, new CoachingDraft(caseNumber ?? desk.Case.Number, to, text), Cancel);
}
