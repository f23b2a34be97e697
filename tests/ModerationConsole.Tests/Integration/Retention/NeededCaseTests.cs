using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Integration.Appeals;
using ModerationConsole.Tests.Integration.Escalations;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Retention;

/// <summary>What someone still works with is kept, and what nobody needs any more goes by its class.</summary>
public sealed class NeededCaseTests(SqliteFiles server) : IClassFixture<SqliteFiles>
{
    private static readonly PlatformActor s_loud = new("account", "u-loud");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_WithAnAppealThatIsNotAnswered_KeepsItsContentUntilItIs()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();
        Appeal appeal = await room.AppealedAsync();

        await RunAsync(room.Console, RetentionRunTests.PastCases);
        Assert.Null((await CaseAsync(room.Console, appeal.CaseNumber))!.ContentErasedAt);
        Assert.Equal("It was a joke", (await room.AppealAsync(appeal.Number)).Text);
        await room.AnsweredAsync(appeal, Verdict.Violation);
        await RunAsync(room.Console, RetentionRunTests.PastContent);

        Assert.True(await CaseAsync(room.Console, appeal.CaseNumber) is null or { ContentErasedAt: not null });
    }

    [Fact]
    public async Task Case_WithAQuestionThatIsOpen_IsHeldUntilItIsRuledOn()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = (await room.RowAsync(await room.AskAsync())).CaseNumber;

        Assert.Equal([number], await HeldAsync(console));
        await room.RuleAsync(room.First);

        Assert.Equal([], await HeldAsync(console));
    }

    [Fact]
    public async Task Report_OfAMutedAccount_GoesByItsClassUnlessTheAccountIsHeld()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        await console.WriteAsync(scope =>
        {
            scope.Db.AddRange(Muted(s_loud.Id, scope.Now), Muted("u-other", scope.Now));
            return Task.FromResult(0);
        });
        await RunAsync(console, 399);
        Assert.Equal(2, await console.ReadAsync(db => db.Set<MutedReport>().CountAsync(Cancel)));
        Assert.Equal(HoldOutcome.Placed, await console.Use<PlaceHold>().RunAsync(admin, new HoldRequest(null, s_loud.TypeId, s_loud.Id, "A court asked."), Cancel));

        await RunAsync(console, 2);

        Assert.Equal([s_loud.Id], await console.ReadAsync(db => db.Set<MutedReport>().Select(row => row.ReporterId).ToListAsync(Cancel)));
    }

    private static MutedReport Muted(string reporter, DateTimeOffset at) =>
        new() { ReporterTypeId = s_loud.TypeId, ReporterId = reporter, ItemTypeId = "post", ItemId = "p-1", Reason = "again", ReportedAt = at, ReceivedAt = at };

    private static async Task RunAsync(TestConsole console, int afterDays)
    {
        console.Clock.Advance(TimeSpan.FromDays(afterDays) + RetentionRuns.Every);
        Assert.True(await console.Get<RunRetention>().RunOnceAsync(Cancel));
        Assert.Null(await console.ReadAsync(db => db.Set<RetentionRun>().OrderByDescending(row => row.StartedAt).Select(row => row.BrokeAt).FirstAsync(Cancel)));
    }

    private static Task<Case?> CaseAsync(TestConsole console, long number) =>
        console.ReadAsync(db => db.Set<Case>().AsNoTracking().SingleOrDefaultAsync(row => row.Number == number, Cancel));

    private static Task<List<long>> HeldAsync(TestConsole console) =>
        console.ReadAsync(db => console.Get<CaseHolds>().Held(db, console.Clock.GetUtcNow()).Select(row => row.Number).ToListAsync(Cancel));
}
