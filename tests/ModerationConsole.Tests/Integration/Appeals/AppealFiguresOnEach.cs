using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Appeals;

/// <summary>What the page of appeals says.</summary>
public abstract class AppealFiguresOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_CountWhatWasAppealedAgainstAndWhatDidNotStand()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Caller lead = await room.Console.PersonAsync(Roles.Lead);
        foreach (string item in (string[])["p-1", "p-2", "p-3", "p-4"])
        {
            await room.DecidedAsync(itemId: item);
        }

        Appeal first = await room.AppealedAsync("p-1");
        room.Console.Clock.Advance(TimeSpan.FromHours(1));
        await room.AnsweredAsync(first, Verdict.Allow);
        Appeal second = await room.AppealedAsync("p-2");
        room.Console.Clock.Advance(TimeSpan.FromHours(3));
        await room.AnsweredAsync(second, Verdict.Violation, command => command with { Stands = true });
        await room.AppealedAsync("p-3");

        AppealFigures figures = await room.Console.Use<ReadAppealFigures>().RunAsync(lead, new AppealFiguresQuestion(30), Cancel);

        Assert.Equal((new AppealShare(3, 4), new AppealShare(1, 2)), (figures.Appealed, figures.Overturned));
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromHours(3), 2, 0, 1, 0), (figures.Median!.Value, figures.P90!.Value, figures.Answered, figures.Late, figures.Open, figures.Overdue));
        AppealPart policy = Assert.Single(figures.Policies, part => part.Key == room.Policy.Id);
        Assert.Equal((new AppealShare(3, 4), new AppealShare(1, 2)), (policy.Appealed, policy.Overturned));
        Assert.Equal("person", Assert.Single(figures.Automation).Key);
        AppealFigures other = await room.Console.Use<ReadAppealFigures>().RunAsync(lead, new AppealFiguresQuestion(30, Automated: true), Cancel);
        Assert.Equal((0, 0, 0), (other.Appealed.Of, other.Overturned.Of, other.Open));
    }

    [Fact]
    public async Task Answer_ThatCanBeTakenBack_CountsNotYet()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Caller lead = await room.Console.PersonAsync(Roles.Lead);
        await room.DecidedAsync();
        await room.SubmitAsync(await room.HoldAsync(await room.AppealedAsync()), room.Judge, Verdict.Allow);

        AppealFigures figures = await room.Console.Use<ReadAppealFigures>().RunAsync(lead, new AppealFiguresQuestion(30), Cancel);

        Assert.Equal(new AppealShare(0, 0), figures.Overturned);
    }

    [Fact]
    public async Task List_ShowsOpenOnesByTheirClockAndHidesTheOneInHand()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync(itemId: "p-1");
        await room.DecidedAsync(itemId: "p-2");
        Appeal later = await room.AppealedAsync("p-1");
        Appeal sooner = await room.AppealedAsync("p-2");
        await room.Console.WriteAsync(scope => scope.Db.Set<Appeal>().Where(row => row.Number == sooner.Number)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, later.DueAt.AddHours(-1)), Cancel));

        FoundAppeals open = await ListAsync(room, new AppealFilter());
        await room.HoldAsync(later);

        Assert.Equal([sooner.Number, later.Number], open.Rows.Select(row => row.Number));
        Assert.Equal([sooner.Number], (await ListAsync(room, new AppealFilter())).Rows.Select(row => row.Number));
        Assert.Null(await room.Console.Use<ReadAppeal>().RunAsync(room.Judge, later.Number, Cancel));
        Assert.Empty((await ListAsync(room, new AppealFilter(Answered: true))).Rows);
        Assert.Empty((await ListAsync(room, new AppealFilter(After: later.Number))).Rows);
    }

    [Fact]
    public async Task Appeal_Answered_ReadsWithItsAnswerAndNobodysName()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();
        Appeal appeal = await room.AnsweredAsync(await room.AppealedAsync(), Verdict.Allow);

        AppealView? view = await room.Console.Use<ReadAppeal>().RunAsync(room.Judge, appeal.Number, Cancel);

        Assert.Equal((AppealState.Overturned, Verdict.Violation, Verdict.Allow, true, EnforcementState.Delivered), (view!.Row.State, view.Decided.Verdict, view.Answer!.Verdict, view.Corrected, view.Told!.Value));
        Assert.Equal(["Remove the post"], view.Decided.Actions);
    }

    private static Task<FoundAppeals> ListAsync(AppealRoom room, AppealFilter filter) => room.Console.Use<ListAppeals>().RunAsync(room.Judge, filter, Cancel);
}

/// <summary>On SQLite.</summary>
public sealed class FileAppealFigureTests(SqliteFiles server) : AppealFiguresOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresAppealFigureTests(PostgresServer server) : AppealFiguresOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerAppealFigureTests(SqlServerDatabases server) : AppealFiguresOnEach(server), IClassFixture<SqlServerDatabases>;
