using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Disputes;

/// <summary>A result is disputed once, in time, by its author.</summary>
public sealed class OpenDisputeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Result_Disputed_WaitsForThoseWithoutAHand()
    {
        (ResultRoom room, Guid dispute) = await ResultRoom.DisputedAsync(role: Roles.Lead);
        await using ResultRoom at = room;

        DisputeRow row = Assert.Single((await ListAsync(room, room.Other)).Rows);
        Assert.Equal((dispute, DisputeState.Open, true), (row.Id, row.State, row.MayDecide));
        Assert.Equal((InboxKind.DisputesOpen, 1), Assert.Single(await room.InboxAsync(room.Other)) is var told ? (told.Kind, told.Count) : default);
        Assert.False(Assert.Single((await ListAsync(room, room.Adjudicator)).Rows).MayDecide);
        Assert.Empty(await room.InboxAsync(room.Adjudicator));
        Assert.Empty((await ListAsync(room, room.Author)).Rows);
        Assert.Null(await room.Console.Use<ReadDispute>().RunAsync(room.Author, dispute, Cancel));
        Assert.True((await room.Console.Use<ReadDispute>().RunAsync(room.Adjudicator, dispute, Cancel))!.HadAHand);
        AuditEntry entry = Assert.Single(await room.AuditAsync(AuditAct.DisputeOpened));
        Assert.Equal((room.Author.Id, $"{dispute}"), (entry.ActorId, entry.Subject));
        Assert.DoesNotContain("quotation", entry.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_OfSomeoneElse_CannotBeDisputed()
    {
        await using ResultRoom room = await ResultRoom.ExplainedAsync();

        foreach (Caller other in new[] { room.Reviewer, room.Adjudicator, room.Other })
        {
            Assert.Equal(OpenDisputeOutcome.NotYours, await room.DisputeAsync(other));
        }

        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<Dispute>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Result_NotToldYet_CannotBeDisputed()
    {
        await using ResultRoom room = await ResultRoom.OpenAsync();

        Assert.Equal(OpenDisputeOutcome.NotYours, await room.DisputeAsync(room.Author));
    }

    [Fact]
    public async Task Result_DisputedBefore_CannotBeDisputedAgain()
    {
        (ResultRoom room, Guid dispute) = await ResultRoom.DisputedAsync();
        await using ResultRoom at = room;

        Assert.Equal(OpenDisputeOutcome.AlreadyDisputed, await room.DisputeAsync(room.Author));
        await room.DecideAsync(room.Other, dispute, DisputeState.Upheld);

        Assert.Equal(OpenDisputeOutcome.AlreadyDisputed, await room.DisputeAsync(room.Author));
        Assert.Single(await room.AuditAsync(AuditAct.DisputeOpened));
    }

    [Fact]
    public async Task Result_FoundRight_LeavesNothingToDispute()
    {
        await using ResultRoom room = await ResultRoom.ExplainedAsync();
        QualitySample first = await room.SampleAsync();
        QualitySample right = await room.Console.WriteAsync(scope => scope.CopyRightAsync(first));

        Assert.Equal(OpenDisputeOutcome.NotWrong, await room.Console.Use<OpenDispute>().RunAsync(room.Author, right.Id, "But", Cancel));
    }

    [Theory]
    [InlineData(-1, OpenDisputeOutcome.Opened)]
    [InlineData(0, OpenDisputeOutcome.TooLate)]
    public async Task Dispute_AroundTheEndOfSevenWorkingDays_IsOnTimeOrNot(int msPast, OpenDisputeOutcome expected)
    {
        await using ResultRoom room = await ResultRoom.ExplainedAsync();
        // Not seen for a month: the days begin when it is.
        room.Console.Clock.Advance(TimeSpan.FromDays(30));
        await room.Console.Use<SeeResult>().RunAsync(room.Author, room.SampleId, Cancel);
        DateTimeOffset end = DisputeWindow.EndOf(await room.SampleAsync())!.Value;

        room.Console.Clock.Advance(end - room.Console.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(msPast));

        Assert.Equal(expected, await room.DisputeAsync(room.Author));
    }

    [Fact]
    public async Task Dispute_WithoutWordsOrWithTooMany_IsRefused()
    {
        await using ResultRoom room = await ResultRoom.ExplainedAsync();

        Assert.Equal(OpenDisputeOutcome.TextRequired, await room.DisputeAsync(room.Author, " \u3164 "));
        Assert.Equal(OpenDisputeOutcome.TextRequired, await room.DisputeAsync(room.Author, null));
        Assert.Equal(OpenDisputeOutcome.TextTooLong, await room.DisputeAsync(room.Author, new string('a', 5_001)));
        Assert.Null((await room.SampleAsync()).SeenAt);
        // Whoever objects has seen it.
        Assert.Equal(OpenDisputeOutcome.Opened, await room.DisputeAsync(room.Author));
        Assert.NotNull((await room.SampleAsync()).SeenAt);
    }

    private static Task<FoundDisputes> ListAsync(ResultRoom room, Caller caller, bool decided = false) => room.Console.Use<ListDisputes>().RunAsync(caller, decided, null, Cancel);
}
