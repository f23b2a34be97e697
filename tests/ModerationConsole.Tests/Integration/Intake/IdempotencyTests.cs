using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private static readonly Guid s_apiKey = Guid.CreateVersion7();

    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        await _console.TakesItemsAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task SameKey_WithTheSameBody_IsAnsweredTheSameAndDoneOnce()
    {
        ItemsOutcome first = await _console.SendAsync(Key("one", "body"), Items.PostJson());
        ItemsOutcome second = await _console.SendAsync(Key("one", "body"), Items.PostJson());

        Assert.Equal(first.Results[0].CaseNumber, second.Results[0].CaseNumber);
        // Without the key this would be a duplicate, and a line in the case's history.
        Assert.False(second.Results[0].Duplicate);
        Assert.Equal(0, await CountAsync(CaseEventKind.ItemSentAgain));
    }

    [Fact]
    public async Task SameKey_WithAnotherBody_IsRefused()
    {
        await _console.SendAsync(Key("one", "body"), Items.PostJson());
        ItemsOutcome second = await _console.SendAsync(Key("one", "other body"), Items.PostJson("p-2"));

        Assert.Equal(IntakeAnswer.KeyReused, second.Answer);
        Assert.Equal(1, await _console.ReadAsync(db => db.Set<Case>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task SameKey_OfAnotherProgramOrRoute_IsAnotherKey()
    {
        await _console.SendAsync(Key("one", "body"), Items.PostJson());
        await _console.SendAsync(RequestKey.Of(Guid.CreateVersion7(), "items", "one", "body"u8), Items.PostJson());
        await _console.SendAsync(RequestKey.Of(s_apiKey, "report", "one", "body"u8), Items.PostJson());

        Assert.Equal(2, await CountAsync(CaseEventKind.ItemSentAgain));
    }

    [Fact]
    public async Task RefusedRequest_UnderAKey_MayBeMendedAndSentAgain()
    {
        Assert.Equal(IntakeAnswer.Refused, (await _console.SendAsync(Key("one", "bad"), """{"id":"p-1","typeId":"it_post","data":{}}""")).Answer);
        Assert.Equal(IntakeAnswer.Accepted, (await _console.SendAsync(Key("one", "good"), Items.PostJson())).Answer);
    }

    [Fact]
    public async Task TwentyEqualRequests_AtOnce_HaveOneEffect()
    {
        ItemsOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _console.SendAsync(Key("one", "body"), Items.PostJson())));

        Assert.Single(outcomes.Select(outcome => outcome.Results[0].CaseNumber).Distinct());
        Assert.All(outcomes, outcome => Assert.False(outcome.Results[0].Duplicate));
        Assert.Equal(0, await CountAsync(CaseEventKind.ItemSentAgain));
    }

    [Fact]
    public async Task TwentyEqualItems_AtOnceWithoutAKey_HaveOneCase()
    {
        ItemsOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _console.SendAsync(Items.PostJson())));

        Assert.Single(outcomes.Select(outcome => outcome.Results[0].CaseNumber).Distinct());
        Assert.Equal(1, outcomes.Count(outcome => !outcome.Results[0].Duplicate));
        Assert.Equal(1, await _console.ReadAsync(db => db.Set<Core.Queues.ReviewTask>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Answers_AreForgottenAfterTwoDaysAndNotBefore()
    {
        await _console.SendAsync(Key("one", "body"), Items.PostJson());
        _console.Clock.Advance(TimeSpan.FromDays(2));
        await _console.Get<RunRetention>().RunOnceAsync(Cancel);
        Assert.False((await _console.SendAsync(Key("one", "body"), Items.PostJson())).Results[0].Duplicate);

        _console.Clock.Advance(RetentionRuns.Every);
        await _console.Get<RunRetention>().RunOnceAsync(Cancel);

        Assert.True((await _console.SendAsync(Key("one", "body"), Items.PostJson())).Results[0].Duplicate);
    }

    private static RequestKey Key(string key, string body) => RequestKey.Of(s_apiKey, "items", key, System.Text.Encoding.UTF8.GetBytes(body));

    private Task<int> CountAsync(CaseEventKind kind) => _console.ReadAsync(db => db.Set<CaseEvent>().CountAsync(row => row.Kind == kind, Cancel));
}
