using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Tests.Integration.Policies;

public sealed class RevisionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draft_Kept_ChangesNothingThatPeopleOrProgramsRead()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync();

        await room.DraftAsync(RevisionRoom.Words with { Name = "Menaces", Text = "Never threaten." });

        PolicyView now = await room.PolicyAsync();
        Assert.Equal((1, "Threats", "Do not threaten."), (now.Policy.CurrentVersion, now.Policy.Name, now.Shown.Text));
        Assert.Equal("Threats", Assert.Single(await room.Console.Use<ReadPolicyTree>().RunAsync(Caller.System, Cancel)).Name);
        Assert.Empty(room.InForce);
        Assert.Equal([AuditAct.PolicyChanged, AuditAct.PolicyDraftSaved], await room.ActsAsync());
    }

    [Fact]
    public async Task Draft_WrittenByTwoAtOnce_KeepsTheFirstAndTellsTheSecond()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync();
        RevisionView read = await room.DraftAsync(RevisionRoom.Words with { Text = "Begun" });

        Assert.Equal(SavePolicyOutcome.Saved, (await room.SaveAsync(room.Writer, RevisionRoom.Words with { Text = "Mine" }, read)).Outcome);
        Assert.Equal(SavePolicyOutcome.Changed, (await room.SaveAsync(room.Second, RevisionRoom.Words with { Text = "Theirs" }, read)).Outcome);
        Assert.Equal(SavePolicyOutcome.Changed, (await room.SaveAsync(room.Second, RevisionRoom.Words with { Text = "Another" })).Outcome);

        RevisionView now = await room.ReadAsync();
        Assert.Equal(("Mine", 2), (now.Draft.Text, now.Draft.Edition));
        // Saved again as it is, it is no change and stands in no audit.
        await room.SaveAsync(room.Second, RevisionRoom.Words with { Text = "Mine" }, now);
        Assert.Equal((2, now.Draft.Version), ((await room.ReadAsync()).Draft.Edition, (await room.ReadAsync()).Draft.Version));
        Assert.Equal(2, (await room.ActsAsync()).Count(act => act == AuditAct.PolicyDraftSaved));
    }

    [Fact]
    public async Task Draft_Published_IsTheNextVersionAndItsObserversLearnOfIt()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync();
        RevisionView draft = await room.DraftAsync(RevisionRoom.Words with { Text = "Never threaten.", ReasonRequired = true, Fields = ["post.text"] });

        Assert.Equal(MoveRevisionOutcome.Published, await room.PublishAsync(room.Writer, draft));

        PolicyView now = await room.PolicyAsync();
        Assert.Equal((2, "Never threaten.", true, "post.text"), (now.Shown.Number, now.Shown.Text, now.Shown.ReasonRequired, now.Shown.Fields));
        Assert.Equal("Do not threaten.", (await room.PolicyAsync(1)).Shown.Text);
        Assert.Equal(2, Assert.Single(room.InForce).Number);
        Assert.Null(await room.Console.Use<ReadRevision>().RunAsync(room.Writer, RevisionRoom.Id, Cancel));
        Assert.Equal(MoveRevisionOutcome.Changed, await room.PublishAsync(room.Writer, draft));
    }

    [Fact]
    public async Task Draft_OfWhatChangedMeanwhile_IsNotPublishedOverIt()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync();
        RevisionView draft = await room.DraftAsync(RevisionRoom.Words with { Text = "Drafted" });
        long version = (await room.PolicyAsync()).Policy.Version;
        Assert.Equal(SavePolicyOutcome.Saved, await room.Console.Use<SavePolicy>().RunAsync(room.Second, RevisionRoom.Words with { Text = "Quicker", Version = version }, Cancel));

        Assert.Equal(MoveRevisionOutcome.BaseChanged, await room.PublishAsync(room.Writer, draft));
        Assert.Equal("Quicker", (await room.PolicyAsync()).Shown.Text);

        // Looked at beside the new version and kept again, it can be.
        await room.SaveAsync(room.Writer, RevisionRoom.Words with { Text = "Drafted" }, draft, basedOn: 2);
        Assert.Equal(MoveRevisionOutcome.Published, await room.PublishAsync(room.Writer, await room.ReadAsync()));
    }

    [Fact]
    public async Task Draft_GivenUp_IsGoneAndAnotherCanBegin()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync();
        RevisionView draft = await room.DraftAsync(RevisionRoom.Words with { Text = "Begun" });

        Assert.Equal(MoveRevisionOutcome.Discarded, await room.DiscardAsync(draft));
        Assert.Equal(MoveRevisionOutcome.Changed, await room.PublishAsync(room.Writer, draft));

        Assert.Equal("Again", (await room.DraftAsync(RevisionRoom.Words with { Text = "Again" })).Draft.Text);
        Assert.Contains(AuditAct.PolicyDraftDiscarded, await room.ActsAsync());
    }

    [Fact]
    public async Task SecondPerson_WhereAskedFor_MustBeSomeoneWithoutAHandInIt()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync(secondPerson: true);
        Assert.Equal(
            SavePolicyOutcome.SecondPersonNeeded,
            await room.Console.Use<SavePolicy>().RunAsync(room.Writer, RevisionRoom.Words with { Text = "Alone", Version = (await room.PolicyAsync()).Policy.Version }, Cancel));
        RevisionView draft = await room.DraftAsync(RevisionRoom.Words with { Text = "Never threaten." });

        Assert.Equal(MoveRevisionOutcome.Asked, await room.PublishAsync(room.Writer, draft, "Please look."));
        RevisionView asked = await room.ReadAsync();
        Assert.Equal(1, (await room.PolicyAsync()).Policy.CurrentVersion);
        Assert.Equal([(room.Second.Id, InboxKind.PolicyDraftAsked)], await ToldAsync(room));
        Assert.Equal(SavePolicyOutcome.DraftUnderWay, (await room.SaveAsync(room.Writer, RevisionRoom.Words with { Text = "Slipped in" }, asked)).Outcome);
        Assert.Equal(MoveRevisionOutcome.OwnDraft, await room.AnswerAsync(room.Writer, asked, agree: true));
        Assert.Equal(MoveRevisionOutcome.OwnDraft, await room.AnswerAsync(Caller.System, asked, agree: true));
        Assert.Equal(1, (await room.PolicyAsync()).Policy.CurrentVersion);

        Assert.Equal(MoveRevisionOutcome.Published, await room.AnswerAsync(room.Second, asked, agree: true));
        Assert.Equal("Never threaten.", (await room.PolicyAsync()).Shown.Text);
        Assert.Equal([(room.Writer.Id, InboxKind.PolicyDraftAgreed)], await ToldAsync(room));
        Assert.Equal(
            [AuditAct.PolicyChanged, AuditAct.PolicyDraftSaved, AuditAct.PolicyPublishAsked, AuditAct.PolicyPublishAnswered, AuditAct.PolicyChanged], await room.ActsAsync());
    }

    [Fact]
    public async Task SecondPerson_WhoWroteOnItToo_MayNotAgreeAndNobodyElseIsThere()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync(secondPerson: true);
        RevisionView draft = await room.DraftAsync(RevisionRoom.Words with { Text = "Begun" });
        await room.SaveAsync(room.Second, RevisionRoom.Words with { Text = "Helped" }, draft);

        Assert.Equal(MoveRevisionOutcome.NobodyElse, await room.PublishAsync(room.Writer, await room.ReadAsync()));
        Assert.Equal(RevisionState.Draft, (await room.ReadAsync()).Draft.State);
    }

    [Fact]
    public async Task SecondPerson_SendsItBack_WithANoteAndItsWriterIsTold()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync(secondPerson: true);
        await room.PublishAsync(room.Writer, await room.DraftAsync(RevisionRoom.Words with { Text = "Never threaten." }));
        RevisionView asked = await room.ReadAsync();

        Assert.Equal(MoveRevisionOutcome.NoteRequired, await room.AnswerAsync(room.Second, asked, agree: false, " "));
        Assert.Equal(MoveRevisionOutcome.Returned, await room.AnswerAsync(room.Second, asked, agree: false, "Say what a threat is."));

        RevisionView back = await room.ReadAsync();
        Assert.Equal((RevisionState.Draft, "Say what a threat is."), (back.Draft.State, back.Draft.AnswerNote));
        Assert.Equal([(room.Writer.Id, InboxKind.PolicyDraftReturned)], await ToldAsync(room));

        // Agreed to later, it was not sent back any more.
        await room.PublishAsync(room.Writer, back);
        Assert.Equal(MoveRevisionOutcome.Published, await room.AnswerAsync(room.Second, await room.ReadAsync(), agree: true));
        Assert.Equal([(room.Writer.Id, InboxKind.PolicyDraftAgreed)], await ToldAsync(room));
    }

    [Fact]
    public async Task Version_AgreedByASecondPersonAndTakenBack_WasNotSentBack()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync(secondPerson: true);
        await room.PublishAsync(room.Writer, await room.DraftAsync(RevisionRoom.Words with { Text = "Never threaten.", EffectiveFrom = room.Console.Clock.GetUtcNow().AddHours(5) }));
        Assert.Equal(MoveRevisionOutcome.Scheduled, await room.AnswerAsync(room.Second, await room.ReadAsync(), agree: true, "Well said."));

        Assert.Equal(MoveRevisionOutcome.Withdrawn, await room.WithdrawAsync(await room.ReadAsync()));

        RevisionView back = await room.ReadAsync();
        Assert.Equal((RevisionState.Draft, null, null), (back.Draft.State, back.AnsweredBy, back.Draft.AnswerNote));
    }

    [Fact]
    public async Task Draft_ThatMovesInTheTree_TellsFromWhereToWhere()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync();
        await room.Console.Use<SavePolicy>().RunAsync(Caller.System, new PolicyDraft("pol_harm", "2", "Harm", null, Severity.High, "", "", [], ""), Cancel);

        RevisionView draft = await room.DraftAsync(RevisionRoom.Words with { ParentId = "pol_harm" });

        Assert.Equal((null, "2 Harm"), (draft.ParentNow, draft.Parent));
    }

    [Fact]
    public async Task Version_AgreedForLater_IsInForceAtItsTimeAndNotBefore()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync();
        DateTimeOffset from = room.Console.Clock.GetUtcNow().AddHours(5);
        RevisionView draft = await room.DraftAsync(RevisionRoom.Words with { Text = "Never threaten.", EffectiveFrom = from });
        BringPoliciesIntoForce duty = room.Console.Get<BringPoliciesIntoForce>();

        Assert.Equal(MoveRevisionOutcome.Scheduled, await room.PublishAsync(room.Writer, draft));
        room.Console.Clock.Advance(TimeSpan.FromHours(4.9));
        await duty.RunOnceAsync(Cancel);
        Assert.Equal(1, (await room.PolicyAsync()).Policy.CurrentVersion);
        Assert.Empty(room.InForce);

        room.Console.Clock.Advance(TimeSpan.FromHours(.2));
        await duty.RunOnceAsync(Cancel);
        await duty.RunOnceAsync(Cancel);
        PolicyView now = await room.PolicyAsync();
        Assert.Equal((2, "Never threaten.", Instant.Cut(from), null), (now.Shown.Number, now.Shown.Text, now.Shown.EffectiveFrom, now.Policy.NextFrom));
        Assert.Equal(2, Assert.Single(room.InForce).Number);
    }

    [Fact]
    public async Task Version_AgreedForLater_CanBeTakenBackUntilItsTime()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync();
        DateTimeOffset from = room.Console.Clock.GetUtcNow().AddHours(5);
        await room.PublishAsync(room.Writer, await room.DraftAsync(RevisionRoom.Words with { Text = "Never threaten.", EffectiveFrom = from }));

        Assert.Equal(MoveRevisionOutcome.Withdrawn, await room.WithdrawAsync(await room.ReadAsync()));
        Assert.Null((await room.PolicyAsync()).Policy.NextFrom);
        await room.PublishAsync(room.Writer, await room.ReadAsync());
        room.Console.Clock.Advance(TimeSpan.FromHours(5));

        Assert.Equal(MoveRevisionOutcome.TooLate, await room.WithdrawAsync(await room.ReadAsync()));
        // Something keeps it from coming into force: there is a way back.
        room.Console.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(MoveRevisionOutcome.TooLate, await room.WithdrawAsync(await room.ReadAsync()));
        room.Console.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(MoveRevisionOutcome.Withdrawn, await room.WithdrawAsync(await room.ReadAsync()));
        Assert.Null((await room.PolicyAsync()).Policy.NextFrom);
    }

    private static async Task<(Guid, InboxKind)[]> ToldAsync(RevisionRoom room) =>
        [.. (await room.Console.ReadAsync(db => db.Set<InboxItem>().Select(row => new { row.PersonId, row.Kind }).ToListAsync(Cancel))).Select(row => (row.PersonId, row.Kind))];
}
