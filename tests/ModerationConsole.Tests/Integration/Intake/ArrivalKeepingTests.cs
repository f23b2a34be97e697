using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Intake.Arrivals;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Retention;
using ModerationConsole.Tests.Integration.Audit;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

/// <summary>Promised items hold what people wrote, too: they are kept, held and erased as everything else is.</summary>
public abstract class ArrivalKeepingTests(IDatabaseServer server)
{
    private const string Person = "u-azure-lynx";
    private const string Other = "u-green-wren";
    private static readonly ItemTypeDraft s_childSafety = Items.Post with { Id = "it_sealed", Name = "Sealed", Sensitivity = Sensitivity.ChildSafety };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ErasedAccount_LosesItsItemsFromWhatWaitsAndWhatWasSetAside_AndOthersKeepTheirs()
    {
        await using TestConsole console = await OpenAsync();
        await ReceiveAsync(console, Post("p-1", Person), Post("p-2", Other));
        await ReceiveAsync(console, Account(Person));
        await ReceiveAsync(console, Post("p-3", Other), Post("p-4", Person));
        await SetAsideAsync(console, 3);

        ErasedActor erased = await EraseAsync(console, Person);

        Assert.Equal((EraseActorOutcome.Erased, 3, 0), (erased.Outcome, erased.Done, erased.Left));
        Assert.Equal([(1, 1)], await RowsAsync<Arrival>(console));
        Assert.Equal([(3, 1)], await RowsAsync<SetAsideArrival>(console));
        Assert.Equal(["p-2", "p-3"], await WaitingAsync(console));
        await console.TakeInAllAsync();
        Assert.Equal("p-2", await console.ReadAsync(db => db.Set<ItemVersion>().Select(row => row.ItemId).SingleAsync(Cancel)));
        Assert.Equal([(3, 1)], await RowsAsync<SetAsideArrival>(console));
    }

    [Fact]
    public async Task HeldAccount_KeepsItsItemsThatWait()
    {
        await using TestConsole console = await OpenAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        await ReceiveAsync(console, Post("p-1", Person));
        Assert.Equal(HoldOutcome.Placed, await console.Use<PlaceHold>().RunAsync(admin, new HoldRequest(null, "it_user", Person, "A court asked."), Cancel));

        Assert.Equal(EraseActorOutcome.Waiting, (await EraseAsync(console, Person)).Outcome);

        Assert.Equal(["p-1"], await WaitingAsync(console));
    }

    [Fact]
    public async Task SetAside_OlderThanItsPeriod_GoesButForWhatIsHeld()
    {
        await using TestConsole console = await OpenAsync();
        Caller admin = await console.PersonAsync(Roles.Admin);
        await ReceiveAsync(console, Post("p-1", Person), Post("p-2", Other));
        await ReceiveAsync(console, Post("p-3", Other));
        await console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new Arrival { Items = 1, Size = 5, Body = "no list"u8.ToArray(), At = scope.Now })));
        await SetAsideAsync(console, 1, 2, 3);
        Assert.Equal(HoldOutcome.Placed, await console.Use<PlaceHold>().RunAsync(admin, new HoldRequest(null, "it_user", Person, "A court asked."), Cancel));
        console.Clock.Advance(TimeSpan.FromDays(80));
        await ReceiveAsync(console, Post("p-4", Other));
        await SetAsideAsync(console, 4);
        await ReceiveAsync(console, Post("p-5", Other));

        console.Clock.Advance(TimeSpan.FromDays(11));
        Assert.True(await console.Get<RunRetention>().RunOnceAsync(Cancel));

        Assert.Equal([(1, 1), (4, 1)], await RowsAsync<SetAsideArrival>(console));
        Assert.Equal(["p-1", "p-4", "p-5"], await WaitingAsync(console));
        ClassShown shown = (await console.Use<ReadRetention>().RunAsync(admin, Cancel)).Classes.Single(one => one.Name == RecordClasses.SetAside);
        Assert.Equal((90, 3), (shown.Days, shown.LastRemoved));
    }

    [Fact]
    public async Task ChildSafetyItem_WithoutACase_IsKeptForAYear()
    {
        await using TestConsole console = await OpenAsync();
        Assert.Equal(SaveItemTypeOutcome.Saved, (await console.Use<SaveItemType>().RunAsync(Caller.System, s_childSafety, Cancel)).Outcome);
        await ReceiveAsync(console, Post("p-1", Person, s_childSafety.Id), Post("p-2", Person));
        await SetAsideAsync(console, 1);
        console.Clock.Advance(TimeSpan.FromDays(364));

        ErasedActor erased = await EraseAsync(console, Person);
        await console.Get<RunRetention>().RunOnceAsync(Cancel);

        Assert.Equal((EraseActorOutcome.Waiting, 1, 1), (erased.Outcome, erased.Done, erased.Left));
        Assert.Equal(["p-1"], await WaitingAsync(console));
        console.Clock.Advance(TimeSpan.FromDays(2));
        await console.Get<RunRetention>().RunOnceAsync(Cancel);
        Assert.Empty(await WaitingAsync(console));
        Assert.NotNull(await console.ReadAsync(db => db.Set<Erasure>().Select(row => row.DoneAt).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task ItemErasedBetweenReadingAndTakingIn_IsNotTakenIn()
    {
        await using TestConsole console = await OpenAsync();
        await ReceiveAsync(console, Post("p-1", Person), Post("p-2", Other));
        ItemCatalog catalog = await console.Get<ItemCatalogs>().ReadAsync(Cancel);
        IReadOnlyList<ReadArrival> read = await console.Contexts.ReadAsync(catalog, Cancel);

        await EraseAsync(console, Person);

        Assert.False(await console.Writes.RunAsync((scope, cancel) => scope.TakeInAsync(null, read, catalog, cancel), Cancel, ArrivalLanes.TakingIn));
        Assert.Equal((0, 1), (await console.CountAsync<Case>(), await console.CountAsync<Arrival>()));
        await console.TakeInAllAsync();
        Assert.Equal("p-2", await console.ReadAsync(db => db.Set<ItemVersion>().Select(row => row.ItemId).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task NodeWhoseTermIsOver_TakesNothingIn()
    {
        await using TestConsole console = await OpenAsync();
        await ReceiveAsync(console, Post("p-1", Other));
        NodeDuties duties = console.Get<NodeDuties>();
        NodeDuty duty = duties.For(NodeDuties.Intake);
        await duties.LookAsync(Cancel);
        DutyTerm term = duty.Term!;
        ItemCatalog catalog = await console.Get<ItemCatalogs>().ReadAsync(Cancel);
        IReadOnlyList<ReadArrival> read = await console.Contexts.ReadAsync(catalog, Cancel);

        // It gives the duty up while it has something in hand.
        await duties.StopAsync(Cancel);

        Assert.False(await console.Writes.RunAsync((scope, cancel) => scope.TakeInAsync(term, read, catalog, cancel), Cancel, ArrivalLanes.TakingIn));
        Assert.Equal((0, 1), (await console.CountAsync<Case>(), await console.CountAsync<Arrival>()));
    }

    private static string Post(string id, string author, string? type = null) =>
        JsonSerializer.Serialize(new { id, typeId = type ?? Items.Post.Id, data = new { text = $"words of {id}", author = new { id = author, typeId = "it_user" } } });

    private static string Account(string id) => JsonSerializer.Serialize(new { id, typeId = "it_user", data = new { display_name = "A name" } });

    private static async Task ReceiveAsync(TestConsole console, params string[] items) =>
        Assert.Equal(IntakeAnswer.Accepted, (await console.Use<ReceiveItems>().RunAsync(Caller.System, [.. items.Select(Items.Json)], null, Cancel)).Answer);

    private static async Task SetAsideAsync(TestConsole console, params long[] numbers)
    {
        foreach (long number in numbers)
        {
            Assert.True(await console.Writes.RunAsync((scope, cancel) => scope.SetAsideAsync(number, new InvalidOperationException(), cancel), Cancel));
        }
    }

    private static Task<ErasedActor> EraseAsync(TestConsole console, string id) => console.Use<EraseActor>().RunAsync(Caller.System, "it_user", id, id, Cancel);

    private static Task<List<(int Number, int Items)>> RowsAsync<T>(TestConsole console)
        where T : ArrivalRow => console.ReadAsync(async db =>
        {
            List<T> rows = await db.Set<T>().AsNoTracking().OrderBy(row => row.Number).ToListAsync(Cancel);
            Assert.All(rows, row => Assert.Equal(row.Body.Length, row.Size));
            return rows.ConvertAll(row => ((int)row.Number, row.Items));
        });

    /// <summary>Ids of the items that either table holds.</summary>
    private static Task<string[]> WaitingAsync(TestConsole console) => console.ReadAsync(async db =>
    {
        List<byte[]> bodies = [.. await db.Set<Arrival>().Select(row => row.Body).ToListAsync(Cancel), .. await db.Set<SetAsideArrival>().Select(row => row.Body).ToListAsync(Cancel)];
        return bodies.SelectMany(body => Items.Json(Encoding.UTF8.GetString(body)).EnumerateArray().Select(item => item.GetProperty("id").GetString()!)).Order().ToArray();
    });

    private async Task<TestConsole> OpenAsync()
    {
        TestConsole console = await TestConsole.StartAsync(await server.EmptyAsync());
        await console.TakesItemsAsync();
        return console;
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileArrivalKeepingTests(SqliteFiles server) : ArrivalKeepingTests(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresArrivalKeepingTests(PostgresServer server) : ArrivalKeepingTests(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerArrivalKeepingTests(SqlServerDatabases server) : ArrivalKeepingTests(server), IClassFixture<SqlServerDatabases>;
