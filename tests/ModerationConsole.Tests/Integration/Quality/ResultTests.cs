using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality;

/// <summary>What is found wrong is explained by who settled it, and told to its author.</summary>
public sealed class ResultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Result_Explained_CountsAndIsToldToItsAuthorAlone()
    {
        await using ResultRoom room = await ResultRoom.OpenAsync();
        Assert.Equal(InboxKind.ResultsToExplain, Assert.Single(await room.InboxAsync(room.Adjudicator)).Kind);

        ExplainOutcome outcome = await room.ExplainAsync(room.Adjudicator, text: "  It is a quotation.  ");

        Assert.Equal(ExplainOutcome.Explained, outcome);
        QualitySample sample = await room.SampleAsync();
        Assert.Equal(
            (SampleState.Settled, true, true, ErrorKind.FalsePositive, RootCause.Knowledge, "It is a quotation."),
            (sample.State, sample.Wrong, sample.Scored, sample.Error, sample.Cause, sample.Explanation));
        Assert.Equal(room.Console.Clock.GetUtcNow(), sample.ReleasedAt);
        InboxEntry told = Assert.Single(await room.InboxAsync(room.Author));
        Assert.Equal((InboxKind.ResultReady, (long?)room.Case.Number, $"{room.SampleId}"), (told.Kind, told.CaseNumber, told.Subject));
        Assert.Empty(await room.InboxAsync(room.Adjudicator));
        Assert.Empty(await room.InboxAsync(room.Reviewer));
        AuditEntry entry = Assert.Single(await room.AuditAsync(AuditAct.SampleExplained));
        Assert.Equal((room.Adjudicator.Id, (long?)room.Case.Number, $"{room.SampleId}"), (entry.ActorId, entry.CaseNumber, entry.Subject));
        Assert.DoesNotContain("quotation", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explanation_ByAnyoneElse_IsNotTaken()
    {
        await using ResultRoom room = await ResultRoom.OpenAsync(role: Roles.Lead);

        // The author is a lead here, and so may adjudicate; the reviewer may not.
        Assert.Equal(ExplainOutcome.NotYours, await room.ExplainAsync(room.Author));
        Assert.Equal(ExplainOutcome.NotYours, await room.ExplainAsync(room.Other));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.ExplainAsync(room.Reviewer));
        Assert.Null(await room.Console.Use<ReadToExplain>().RunAsync(room.Other, room.SampleId, Cancel));
        Assert.Equal(SampleState.ToExplain, (await room.SampleAsync()).State);
        Assert.Empty(await room.AuditAsync(AuditAct.SampleExplained));
    }

    [Fact]
    public async Task Explanation_OfSomeoneWhoLeft_IsForAnotherWithoutAHand()
    {
        await using ResultRoom room = await ResultRoom.OpenAsync(role: Roles.Lead);

        await room.DisableAsync(room.Adjudicator);

        Assert.Equal(ExplainOutcome.NotYours, await room.ExplainAsync(room.Author));
        Assert.Single(await room.Console.Use<ListToExplain>().RunAsync(room.Other, Cancel));
        Assert.Equal(ExplainOutcome.Explained, await room.ExplainAsync(room.Other));
        Assert.Equal(ExplainOutcome.NotYours, await room.ExplainAsync(room.Other));
    }

    [Fact]
    public async Task Explanation_ThatLacksSomething_SaysWhat()
    {
        await using ResultRoom room = await ResultRoom.OpenAsync();
        Caller by = room.Adjudicator;

        Assert.Equal(ExplainOutcome.KindDoesNotFit, await room.ExplainAsync(by, kind: null));
        Assert.Equal(ExplainOutcome.KindDoesNotFit, await room.ExplainAsync(by, ErrorKind.FalseNegative));
        Assert.Equal(ExplainOutcome.CauseRequired, await room.ExplainAsync(by, cause: null));
        Assert.Equal(ExplainOutcome.CauseRequired, await room.ExplainAsync(by, cause: (RootCause)9));
        Assert.Equal(ExplainOutcome.TextRequired, await room.ExplainAsync(by, text: " \u200b\u3164 "));
        Assert.Equal(ExplainOutcome.TextTooLong, await room.ExplainAsync(by, text: new string('a', 5_001)));
        Assert.Equal(SampleState.ToExplain, (await room.SampleAsync()).State);
        Assert.Equal(ExplainOutcome.Explained, await room.ExplainAsync(by, ErrorKind.Technical, text: new string('a', 5_000)));
    }

    [Fact]
    public async Task Sample_ToExplain_ShowsAllVerdictsAndNobodysName()
    {
        await using ResultRoom room = await ResultRoom.OpenAsync();

        ToExplain shown = (await room.Console.Use<ReadToExplain>().RunAsync(room.Adjudicator, room.SampleId, Cancel))!;

        Assert.Equal((Verdict.Violation, room.Policy.Id, 1), (shown.Decision.Verdict, shown.Decision.Policy?.Id, shown.Decision.PolicyVersion));
        Assert.Equal(("Note of the Qa verdict", "Note of the Adjudication verdict"), (shown.Review?.InternalNote, shown.Final?.InternalNote));
        Assert.Equal(Verdict.Allow, shown.Right);
        Assert.Equal([ErrorKind.FalsePositive, ErrorKind.Technical], shown.Fitting);
    }

    [Fact]
    public async Task Results_OfOnesOwn_AreListedAndCountedOnceTold()
    {
        await using ResultRoom room = await ResultRoom.OpenAsync();
        Assert.Equal((0, 0), Counts(await ListAsync(room, room.Author)));

        await room.ExplainAsync(room.Adjudicator);

        MyResults mine = await ListAsync(room, room.Author);
        Assert.Equal((0, 1), Counts(mine));
        Assert.Equal((room.SampleId, true, ErrorKind.FalsePositive, false), (mine.Rows[0].Id, mine.Rows[0].Wrong, mine.Rows[0].Error, mine.More));
        foreach (Caller other in new[] { room.Reviewer, room.Adjudicator, room.Other })
        {
            Assert.Empty((await ListAsync(room, other)).Rows);
            Assert.Null(await room.Console.Use<ReadMyResult>().RunAsync(other, room.SampleId, Cancel));
            Assert.False(await room.Console.Use<SeeResult>().RunAsync(other, room.SampleId, Cancel));
        }
    }

    [Fact]
    public async Task Results_MoreThanAPage_GoOnWhereThePartBeforeEnded()
    {
        await using ResultRoom room = await ResultRoom.ExplainedAsync();
        QualitySample first = await room.SampleAsync();
        await room.Console.WriteAsync(async scope =>
        {
            foreach (int _ in Enumerable.Range(0, 60))
            {
                await scope.CopyRightAsync(first);
            }

            return 0;
        });

        MyResults newest = await ListAsync(room, room.Author);
        MyResults rest = await ListAsync(room, room.Author, newest.Rows[^1].Id);

        Assert.Equal((50, true, 11, false), (newest.Rows.Count, newest.More, rest.Rows.Count, rest.More));
        Assert.Equal(61, newest.Rows.Concat(rest.Rows).DistinctBy(row => row.Id).Count());
        Assert.Equal((60, 1), Counts(newest));
    }

    [Fact]
    public async Task Result_SeenTheFirstTime_IsNotedOnceAndLeavesTheInbox()
    {
        await using ResultRoom room = await ResultRoom.ExplainedAsync();
        Assert.Null((await ReadAsync(room))!.DisputeUntil);
        Assert.Null((await room.SampleAsync()).SeenAt);
        DateTimeOffset seen = room.Console.Clock.GetUtcNow();

        Assert.True(await room.Console.Use<SeeResult>().RunAsync(room.Author, room.SampleId, Cancel));
        room.Console.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await room.Console.Use<SeeResult>().RunAsync(room.Author, room.SampleId, Cancel));

        Assert.Equal(seen, (await room.SampleAsync()).SeenAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 12, 0, 0, 0, TimeSpan.Zero), (await ReadAsync(room))!.DisputeUntil);
        Assert.Equal(room.Author.Id, Assert.Single(await room.AuditAsync(AuditAct.ResultSeen)).ActorId);
        Assert.Empty(await room.InboxAsync(room.Author));
    }

    [Fact]
    public async Task Case_MarkedAsChildSafetySince_IsNowhereInResults()
    {
        await using ResultRoom room = await ResultRoom.ExplainedAsync();
        await using ResultRoom waiting = await ResultRoom.OpenAsync();

        await room.MarkChildSafetyAsync();
        await waiting.MarkChildSafetyAsync();

        Assert.Empty((await ListAsync(room, room.Author)).Rows);
        Assert.Null(await ReadAsync(room));
        Assert.False(await room.Console.Use<SeeResult>().RunAsync(room.Author, room.SampleId, Cancel));
        Assert.Empty(await waiting.Console.Use<ListToExplain>().RunAsync(waiting.Adjudicator, Cancel));
        Assert.Equal(ExplainOutcome.NotYours, await waiting.ExplainAsync(waiting.Adjudicator));
        Assert.Empty(await waiting.InboxAsync(waiting.Adjudicator));
    }

    [Theory]
    [InlineData(Roles.Moderator, false)]
    [InlineData(Roles.QualityReviewer, false)]
    [InlineData(Roles.Analyst, false)]
    [InlineData(Roles.Auditor, false)]
    [InlineData(Roles.Admin, false)]
    [InlineData(Roles.Lead, true)]
    [InlineData(Roles.PolicyExpert, true)]
    public async Task WhatIsToExplain_ForARole_OpensToThoseWhoAdjudicate(string role, bool opens)
    {
        await using ResultRoom room = await ResultRoom.OpenAsync();
        Caller person = await room.Console.PersonAsync(role);

        if (opens)
        {
            Assert.Empty(await room.Console.Use<ListToExplain>().RunAsync(person, Cancel));
            return;
        }

        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<ListToExplain>().RunAsync(person, Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.Console.Use<ReadToExplain>().RunAsync(person, room.SampleId, Cancel));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => room.ExplainAsync(person));
    }

    private static Task<MyResults> ListAsync(ResultRoom room, Caller caller, Guid? after = null) => room.Console.Use<ListMyResults>().RunAsync(caller, after, Cancel);

    private static Task<MyResult?> ReadAsync(ResultRoom room) => room.Console.Use<ReadMyResult>().RunAsync(room.Author, room.SampleId, Cancel);

    private static (int Right, int Wrong) Counts(MyResults results) => (results.Right, results.Wrong);
}
