using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Decisions;

public sealed class DraftTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draft_SavedTwice_IsReadAsItWasLeft()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();

        Assert.Equal(SaveDraftOutcome.Saved, await SaveAsync(desk, """{"note":"a"}"""));
        Assert.Equal(SaveDraftOutcome.Saved, await SaveAsync(desk, """{"note":"ab"}"""));

        Assert.Equal("""{"note":"ab"}""", await ReadAsync(desk, desk.Person));
    }

    [Fact]
    public async Task Draft_AfterTheTaskWasLost_IsKeptAndCanStillBeSaved()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        await SaveAsync(desk, """{"note":"a"}""");
        await desk.Console.WriteAsync(async scope =>
        {
            await scope.EndLeaseAsync(Caller.System, await scope.Db.Set<ActiveLease>().SingleAsync(Cancel), LeaseEnd.Expired, Cancel);
            return 0;
        });

        Assert.Equal(SaveDraftOutcome.Saved, await SaveAsync(desk, """{"note":"ab"}"""));

        Assert.Equal("""{"note":"ab"}""", await ReadAsync(desk, desk.Person));
    }

    [Fact]
    public async Task Draft_OfSomeoneElse_IsNotThere()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        await SaveAsync(desk, """{"note":"a"}""");
        Caller other = await desk.Console.PersonAsync();

        Assert.Null(await ReadAsync(desk, other));
        Assert.Equal(SaveDraftOutcome.NotYours, await desk.Console.Use<SaveDraft>().RunAsync(other, desk.Task.Number, "{}", Cancel));
    }

    [Fact]
    public async Task Draft_ThatComesAfterTheDecision_IsNotKept()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        await SaveAsync(desk, """{"note":"a"}""");
        await desk.DecideAsync(Verdict.Allow);

        Assert.Equal(SaveDraftOutcome.TaskEnded, await SaveAsync(desk, """{"note":"ab"}"""));
        Assert.Equal(0, await desk.CountAsync<Draft>());
    }

    [Fact]
    public async Task Draft_OfACaseThatBecameChildSafety_IsShownNoMore()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        await SaveAsync(desk, """{"note":"a"}""");
        await desk.Console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(Cancel)).Sensitivity = Sensitivity.ChildSafety);

        Assert.Null(await ReadAsync(desk, desk.Person));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{not json")]
    [InlineData(null)]
    public async Task Draft_ThatIsNoJson_IsRefused(string? content)
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();

        Assert.Equal(SaveDraftOutcome.Unfit, await SaveAsync(desk, content ?? $"\"{new string('a', 100_000)}\""));
    }

    private static Task<SaveDraftOutcome> SaveAsync(DecisionDesk desk, string content) =>
        desk.Console.Use<SaveDraft>().RunAsync(desk.Person, desk.Task.Number, content, Cancel);

    private static Task<string?> ReadAsync(DecisionDesk desk, Caller by) => desk.Console.Use<ReadDraft>().RunAsync(by, desk.Task.Number, Cancel);
}
