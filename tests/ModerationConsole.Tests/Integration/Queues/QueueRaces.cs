using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Routing;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

/// <summary>Claiming where several writers race, and every query of the queues on each database server.</summary>
public abstract class QueueRaces(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_SixteenWorkersOnTwoNodesRacingForOneQueue_EachTaskGoesToOneAndNobodyFails()
    {
        Dictionary<string, string?> database = await server.EmptyAsync();
        await using TestConsole console = await StartAsync(database);
        await using TestConsole node = await StartAsync(database);
        List<Caller> people = [];
        for (int i = 0; i < 16; i++)
        {
            people.Add(await console.PersonAsync(own: Permission.ReviewQuality));
        }

        CaseQueue queue = await console.QueueAsync(people);
        var (about, _) = await console.CaseAsync(queue, kind: TaskKind.Qa);
        await console.WriteAsync(async scope =>
        {
            for (int i = 0; i < 159; i++)
            {
                await scope.QueueTaskAsync(Caller.System, about, TaskKind.Qa, queue, 50, Instant.Never, Cancel);
            }

            return 0;
        });

        List<long>[] claimed = await Task.WhenAll(people.Select((person, i) => Task.Run(() => WorkOffAsync(i % 2 == 0 ? console : node, person), Cancel)));

        Assert.Equal(160, claimed.Sum(numbers => numbers.Count));
        Assert.Equal(160, claimed.SelectMany(numbers => numbers).Distinct().Count());
    }

    [Fact]
    public async Task Claim_EightTabsOfOnePersonAtOnce_ShowOneTask()
    {
        await using TestConsole console = await StartAsync();
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([person]);
        for (int i = 0; i < 8; i++)
        {
            await console.CaseAsync(queue);
        }

        ClaimResult[] tabs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel), Cancel)));

        Assert.Single(tabs, tab => tab.Outcome == ClaimOutcome.Claimed);
        Assert.Single(tabs.Select(tab => (tab.Task!.TaskNumber, tab.Task.Fence)).Distinct());
        Assert.Equal(1, await console.ReadAsync(db => db.Set<ActiveLease>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Claim_TwoTasksOfOneCaseAtOnce_OneIsHeld()
    {
        await using TestConsole console = await StartAsync();
        Caller one = await console.PersonAsync();
        Caller two = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync([one, two]);
        var (about, _) = await console.CaseAsync(queue);
        await console.WriteAsync(scope => scope.QueueTaskAsync(Caller.System, about, TaskKind.Second, queue, 50, Instant.Never, Cancel));

        ClaimOutcome[] outcomes = await Task.WhenAll(new[] { one, two }.Select(person => Task.Run(() => console.TryClaimAsync(person), Cancel)));

        Assert.Equal([ClaimOutcome.Claimed, ClaimOutcome.NothingSuitable], outcomes.Order());
    }

    [Fact]
    public async Task Life_OfAQueue_RunsAsOnTheEmbeddedDatabase()
    {
        await using TestConsole console = await StartAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        Caller lead = await console.PersonAsync(Roles.Lead);
        Caller person = await console.PersonAsync(languages: "en");
        Guid queue = (await console.Use<SaveQueue>().RunAsync(admin, new QueueSettings(null, "General", "general"), Cancel)).Id!.Value;
        await console.Use<SetQueueAccess>().RunAsync(admin, queue, [person.Id], [], Cancel);
        RoutingTable table = await console.Use<ListRouting>().RunAsync(admin, Cancel);
        Assert.Equal(SaveRoutingOutcome.Saved, (await console.Use<SaveRouting>().RunAsync(admin, [new RoutingLine(queue, Language: "en")], table.Stamp, Cancel)).Outcome);
        CaseQueue row = await console.ReadAsync(db => db.Set<CaseQueue>().SingleAsync(Cancel));
        DateTimeOffset due = console.Clock.GetUtcNow().AddHours(1);
        await console.CaseAsync(row, language: "en-GB", dueAt: due);
        await console.CaseAsync(row, language: "fr");

        LeasedTask held = await console.ClaimAsync(person);
        await console.Get<WatchStranded>().RunOnceAsync(Cancel);
        QueueBoardRow board = Assert.Single(await console.Use<QueueBoard>().RunAsync(lead, Cancel));
        Assert.Single(await console.Use<ListHeldTasks>().RunAsync(lead, queue, Cancel));
        Assert.Single((await console.Use<ListQueueAccess>().RunAsync(admin, queue, Cancel)).People);
        console.Clock.Advance(TimeSpan.FromSeconds(121));
        await console.Get<ExpireLeases>().RunOnceAsync(Cancel);
        MyQueue mine = Assert.Single(await console.Use<MyQueues>().RunAsync(person, Cancel));
        LeasedTask again = await console.ClaimAsync(person);
        await console.Use<TakeBreak>().RunAsync(person, Cancel);

        Assert.Equal((1, 1, 1), (board.Figures.Waiting, board.Leased, board.Stranded));
        Assert.Equal((2, due), (mine.Figures.Waiting, mine.Figures.DueSoonest));
        Assert.Equal((held.TaskNumber, held.Fence + 1), (again.TaskNumber, again.Fence));
        Assert.Equal(ClaimOutcome.Resting, await console.TryClaimAsync(person));
    }

    [Fact]
    public async Task Task_ThatAnotherTransactionIsTaking_IsPassedByWithoutWaiting()
    {
        await using TestConsole console = await StartAsync();
        CaseQueue queue = await console.QueueAsync([await console.PersonAsync()]);
        long[] numbers = [(await console.CaseAsync(queue)).Task.Number, (await console.CaseAsync(queue)).Task.Number];
        List<WaitingTask> inOrder = await console.ReadAsync(db => db.Set<WaitingTask>().OrderBy(row => row.TaskNumber).ToListAsync(Cancel));
        await using ConsoleDbContext one = await console.Contexts.CreateDbContextAsync(Cancel);
        await using IDbContextTransaction taking = await one.Database.BeginTransactionAsync(ClaimLane.Lane.Isolation, Cancel);
        Assert.Equal(numbers[0], (await one.TakeFirstAsync(inOrder, Cancel))?.TaskNumber);

        Assert.Equal(numbers[1], await TakeAsync(console, inOrder));
        Assert.Null(await TakeAsync(console, inOrder));
        await taking.RollbackAsync(Cancel);

        Assert.Equal(numbers[0], await TakeAsync(console, inOrder));
    }

    [Fact]
    public async Task Access_WhileAClaimGoesByIt_CannotBeChanged()
    {
        await using TestConsole console = await StartAsync();
        await console.QueueAsync([await console.PersonAsync()]);
        bool isPostgres = server.Provider == DatabaseProvider.PostgreSql;
        string soon = isPostgres ? "SET LOCAL lock_timeout = '100ms'" : "SET LOCK_TIMEOUT 100";
        string first = (isPostgres ? ClaimLane.Lane.PostgresFirst : ClaimLane.Lane.SqlServerFirst)!;
        await using ConsoleDbContext claim = await console.Contexts.CreateDbContextAsync(Cancel);
        await using IDbContextTransaction claiming = await claim.Database.BeginTransactionAsync(ClaimLane.Lane.Isolation, Cancel);
        await claim.Database.ExecuteSqlRawAsync(first, Cancel);

        await using ConsoleDbContext change = await console.Contexts.CreateDbContextAsync(Cancel);
        await using IDbContextTransaction changing = await change.Database.BeginTransactionAsync(WriteLane.General.Isolation, Cancel);
        await change.Database.ExecuteSqlRawAsync(soon, Cancel);
        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => change.Set<QueueAccess>().ExecuteDeleteAsync(Cancel));
        DbException refused = Assert.IsAssignableFrom<DbException>(error as DbException ?? error.InnerException);

        Assert.Equal(isPostgres ? "55P03" : "1222", isPostgres ? refused.SqlState : $"{((SqlException)refused).Number}");
    }

    // Each of them in a transaction of its own, which stays.
    private static async Task<long?> TakeAsync(TestConsole console, List<WaitingTask> inOrder)
    {
        await using ConsoleDbContext db = await console.Contexts.CreateDbContextAsync(Cancel);
        await using IDbContextTransaction taking = await db.Database.BeginTransactionAsync(ClaimLane.Lane.Isolation, Cancel);
        WaitingTask? taken = await db.TakeFirstAsync(inOrder, Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await taking.CommitAsync(Cancel);
        return taken?.TaskNumber;
    }

    private static async Task<List<long>> WorkOffAsync(TestConsole console, Caller person)
    {
        List<long> numbers = [];
        while (await console.Use<ClaimNextCase>().RunAsync(person, null, LeaseSlot.Shown, Cancel) is { Outcome: ClaimOutcome.Claimed, Task: { } task })
        {
            numbers.Add(task.TaskNumber);
            await console.FinishAsync(task);
        }

        return numbers;
    }

    private async Task<TestConsole> StartAsync(Dictionary<string, string?>? database = null) =>
        await TestConsole.StartAsync(database ?? await server.EmptyAsync());
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresQueueTests(PostgresServer server) : QueueRaces(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerQueueTests(SqlServerDatabases server) : QueueRaces(server), IClassFixture<SqlServerDatabases>;
