using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Integration.Appeals;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Actors;

/// <summary>Strikes follow from decisions in force, and from nothing else.</summary>
public abstract partial class StrikesOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Violation_PastItsWindow_CountsUntilItsTimeIsOver()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync(settled: false);
        Assert.Equal((0, StrikeState.NotYet), await FirstAsync(room));

        await room.PassAsync();
        Assert.Equal((2, StrikeState.Counts), await FirstAsync(room));

        room.Console.Clock.Advance(TimeSpan.FromDays(181));
        Assert.Equal((0, StrikeState.Expired), await FirstAsync(room));
    }

    [Fact]
    public async Task Decision_OverturnedOnAppeal_CountsNoMore()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();
        await room.AnsweredAsync(await room.AppealedAsync(), Verdict.Allow);

        Assert.Equal((0, StrikeState.Reversed), await FirstAsync(room));
    }

    [Fact]
    public async Task Decision_ReversedByItsAuthor_CountsNoMore()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision decision = await room.DecidedAsync();

        await room.Console.Use<ReverseDecision>().RunAsync(room.Author, decision.Id, "A mistake", Cancel);

        Assert.Equal((0, StrikeState.Reversed), await FirstAsync(room));
    }

    [Fact]
    public async Task Verdict_ThatMeasures_IsNoStrike()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Decision allowed = await room.DecidedAsync(Verdict.Allow);
        Caller reviewer = await room.Console.PersonAsync(Roles.QualityReviewer);
        ReviewTask task = await room.Console.WriteAsync(async scope => await scope.QueueMeasuringAsync(
            Caller.System, await scope.Db.Set<Case>().SingleAsync(row => row.Number == allowed.CaseNumber, Cancel),
            new MeasuringOrder(TaskKind.Qa, allowed.Id, 1, room.Queue.Id), Cancel));
        await room.SubmitAsync(await room.Console.HoldAsync(reviewer, task), reviewer, Verdict.Violation);
        await room.PassAsync();

        ActorFile? file = await ReadAsync(room);

        Assert.Equal(0, file!.Sum);
        Assert.Empty(file.Strikes);
    }

    [Fact]
    public async Task Table_Saved_CountsAndRecommends()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync();
        StrikeTable read = await room.Console.Use<ReadStrikeTable>().RunAsync(room.Judge, Cancel);
        StrikeTable wanted = new(
            [.. read.Weights.Select(weight => weight.Severity == Severity.Medium ? weight with { Count = 3 } : weight)], [new StrikeStep(5, room.Restore.Id), new StrikeStep(9, room.Action.Id)]);

        Assert.Equal(SaveStrikeTableOutcome.Saved, await room.Console.Use<SaveStrikeTable>().RunAsync(room.Judge, wanted, read, Cancel));

        Assert.Equal(SaveStrikeTableOutcome.Changed, await room.Console.Use<SaveStrikeTable>().RunAsync(room.Judge, wanted, read, Cancel));
        Assert.Equal(
            SaveStrikeTableOutcome.UnknownAction,
            await room.Console.Use<SaveStrikeTable>().RunAsync(room.Judge, wanted with { Steps = [new StrikeStep(1, "act_none")] }, wanted, Cancel));
        Assert.Equal(
            SaveStrikeTableOutcome.StepInvalid,
            await room.Console.Use<SaveStrikeTable>().RunAsync(room.Judge, wanted with { Steps = [new StrikeStep(0, room.Action.Id)] }, wanted, Cancel));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.StrikeRulesChanged, Cancel)));
        Assert.Equal(3, (await ReadAsync(room))!.Sum);
        DeskStrikes strikes = await OnDeskAsync(room);
        Assert.Equal((3, 1, room.Restore.Id, null), (strikes.Sum, strikes.Violations, strikes.Reached(Severity.Medium)!.ActionId, strikes.Reached(Severity.Low)));
    }

    [Fact]
    public async Task Desk_OfAnAppeal_ShowsStrikesAsTheyWere()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        await room.DecidedAsync(itemId: "p-1");
        await room.DecidedAsync(itemId: "p-2");
        Appeal appeal = await room.AppealedAsync("p-2");
        await room.DecidedAsync(itemId: "p-3");
        await room.HoldAsync(appeal);

        DeskCase? desk = await room.Console.Use<GetDeskCase>().RunAsync(room.Judge, appeal.TaskNumber, Cancel);

        Assert.Equal((2, 1), (desk!.Strikes!.Sum, desk.Strikes.Violations));
        Assert.Equal(6, (await room.Console.Use<ReadActor>().RunAsync(room.Author, new PlatformActor("account", AppealRoom.Account), Cancel))!.Sum);
        // What is judged blind is not on the account's page either.
        Assert.Equal(4, (await ReadAsync(room))!.Sum);
    }

    [Fact]
    public async Task ChildSafetyCase_CountsForThoseWhoMayKnow()
    {
        await using AppealRoom room = await AppealRoom.OpenAsync(server);
        Caller cleared = await room.Console.PersonAsync(own: Permission.ChildSafety);
        await room.DecidedAsync(by: cleared, sensitivity: Sensitivity.ChildSafety);

        Assert.Null(await ReadAsync(room));
        Assert.Equal(2, (await room.Console.Use<ReadActor>().RunAsync(cleared, new PlatformActor("account", AppealRoom.Account), Cancel))!.Sum);
    }

    private static async Task<DeskStrikes> OnDeskAsync(AppealRoom room)
    {
        (_, ReviewTask task) = await room.Console.CaseAsync(room.Queue, itemId: "p-next", author: AppealRoom.Account);
        await room.Console.HoldAsync(room.Author, task);
        return (await room.Console.Use<GetDeskCase>().RunAsync(room.Author, task.Number, Cancel))!.Strikes!;
    }

    private static Task<ActorFile?> ReadAsync(AppealRoom room) =>
        room.Console.Use<ReadActor>().RunAsync(room.Judge, new PlatformActor("account", AppealRoom.Account), Cancel);

    private static async Task<(int Sum, StrikeState State)> FirstAsync(AppealRoom room)
    {
        ActorFile? file = await ReadAsync(room);
        return (file!.Sum, Assert.Single(file.Strikes).State);
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileStrikeTests(SqliteFiles server) : StrikesOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresStrikeTests(PostgresServer server) : StrikesOnEach(server), IClassFixture<PostgresServer>
{
    private readonly PostgresServer _server = server;

    [Fact]
    public Task TwoDecisions_ThatDoNotSeeEachOther_AreBothCounted() => CountedAsideAsync(_server);
}

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerStrikeTests(SqlServerDatabases server) : StrikesOnEach(server), IClassFixture<SqlServerDatabases>;
