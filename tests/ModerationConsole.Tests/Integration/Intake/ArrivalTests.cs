using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Intake.Arrivals;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

/// <summary>Items that are promised first and taken in afterwards.</summary>
public abstract class ArrivalTests(IDatabaseServer server)
{
    private static readonly Guid s_program = Guid.CreateVersion7();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_Promised_AreStoredAfterwardsInTheSendersName()
    {
        await using TestConsole console = await OpenAsync();

        Assert.Equal(IntakeAnswer.Accepted, (await ReceiveAsync(console, null, Items.PostJson("p-1"), Items.PostJson("p-2"))).Answer);
        Assert.Equal((0, 1), (await CountAsync<Case>(console), await CountAsync<Arrival>(console)));
        Assert.Equal(1, await TakeInAsync(console));

        Assert.Equal((2, 2, 0), (await CountAsync<Case>(console), await CountAsync<WaitingTask>(console), await CountAsync<Arrival>(console)));
        Assert.Equal(2, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(
            entry => entry.Act == AuditAct.ItemReceived && entry.ActorId == s_program && entry.ActorKind == CallerKind.ApiKey, Cancel)));
    }

    [Fact]
    public async Task SameKey_BeforeItsItemsAreTakenIn_IsOnePromise()
    {
        await using TestConsole console = await OpenAsync();
        RequestKey key = Key("body");

        ItemsOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReceiveAsync(console, key, Items.PostJson())));
        Assert.Equal(1, await CountAsync<Arrival>(console));
        await TakeInAsync(console);
        await ReceiveAsync(console, key, Items.PostJson());
        ItemsOutcome other = await ReceiveAsync(console, Key("other body"), Items.PostJson("p-2"));

        Assert.All(outcomes, outcome => Assert.Equal(IntakeAnswer.Accepted, outcome.Answer));
        Assert.Equal(IntakeAnswer.KeyReused, other.Answer);
        Assert.Equal((0, 1), (await CountAsync<Arrival>(console), await CountAsync<Case>(console)));
        Assert.Equal(0, await SentAgainAsync(console));
    }

    [Fact]
    public async Task SameVersion_PromisedTwice_HasOneCaseThatSaysSo()
    {
        await using TestConsole console = await OpenAsync();
        await ReceiveAsync(console, null, Items.PostJson());
        await ReceiveAsync(console, null, Items.PostJson());

        Assert.Equal(2, await TakeInAsync(console));

        Assert.Equal((1, 1), (await CountAsync<Case>(console), await CountAsync<WaitingTask>(console)));
        Assert.Equal(1, await SentAgainAsync(console));
    }

    [Fact]
    public async Task VersionsOfOneItem_PromisedInOrder_LeaveTheLastToBeJudged()
    {
        await using TestConsole console = await OpenAsync();
        foreach (string text in (string[])["first words", "second words", "third words"])
        {
            await ReceiveAsync(console, null, Items.PostJson("other " + text), Items.PostJson(text: text));
        }

        await TakeInAsync(console);

        string[] open = await console.ReadAsync(db => (
            from about in db.Set<Case>()
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where about.State == CaseState.Open && item.ItemId == "p-481"
            select item.Text).ToArrayAsync(Cancel));
        Assert.Equal("third words", Assert.Single(open));
    }

    [Fact]
    public async Task VersionsOfOneItem_PromisedByTwoSendersInTurn_LeaveTheLastAndAreEachInItsSendersName()
    {
        await using TestConsole console = await OpenAsync();
        Guid other = Guid.CreateVersion7();
        foreach ((Guid sender, string item) in (IEnumerable<(Guid, string)>)[
            (s_program, Items.PostJson(text: "first words")), (other, Items.PostJson(text: "second words")), (s_program, Items.PostJson(text: "third words")),
            (other, Items.PostJson("p-1"))])
        {
            await console.Use<ReceiveItems>().RunAsync(
                Caller.ApiKey(sender, new HashSet<Permission> { Permission.SubmitItems }), [Items.Json(item)], null, Cancel);
        }

        await TakeInAsync(console);

        string[] open = await console.ReadAsync(db => (
            from about in db.Set<Case>()
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where about.State == CaseState.Open && item.ItemId == "p-481"
            select item.Text).ToArrayAsync(Cancel));
        Assert.Equal("third words", Assert.Single(open));
        Assert.Equal(
            [s_program, other, s_program, other],
            await console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.ItemReceived).OrderBy(entry => entry.Number).Select(entry => entry.ActorId!.Value).ToArrayAsync(Cancel)));
    }

    [Fact]
    public async Task BatchWithABadItem_IsRefusedAsAWhole()
    {
        await using TestConsole console = await OpenAsync();

        ItemsOutcome outcome = await ReceiveAsync(console, null, Items.PostJson(), """{"id":"p-1","typeId":"it_post","data":{"text":5}}""");

        Assert.Equal("/items/1/data/text", Assert.Single(outcome.Problems).Pointer);
        Assert.Equal((0, 0), (await CountAsync<Arrival>(console), await TakeInAsync(console)));
    }

    [Fact]
    public async Task TypePutAwayAfterThePromise_KeepsIt()
    {
        await using TestConsole console = await OpenAsync();
        await ReceiveAsync(console, null, Items.PostJson("p-1"));
        ItemType type = await console.ReadAsync(db => db.Set<ItemType>().SingleAsync(row => row.Id == Items.Post.Id, Cancel));
        await console.Use<SaveItemType>().RunAsync(Caller.System, Items.Post with { Archived = true, Version = type.Version }, Cancel);

        ItemsOutcome late = await ReceiveAsync(console, null, Items.PostJson("p-2"));
        await TakeInAsync(console);

        Assert.Equal(IntakeAnswer.Refused, late.Answer);
        Assert.Equal("p-1", await console.ReadAsync(db => db.Set<ItemVersion>().Select(row => row.ItemId).SingleAsync(Cancel)));
        Assert.Equal(1, await CountAsync<Case>(console));
    }

    [Fact]
    public async Task TypeChangedAfterThePromise_KeepsWhatNoLongerFits()
    {
        await using TestConsole console = await OpenAsync();
        await ReceiveAsync(console, null, Items.PostJson("p-1"));
        ItemType type = await console.ReadAsync(db => db.Set<ItemType>().SingleAsync(row => row.Id == Items.Post.Id, Cancel));
        await console.Use<SaveItemType>().RunAsync(
            Caller.System, Items.Post with { Fields = [new ItemField("title", FieldType.String, Required: true), new ItemField("text", FieldType.Number)], Version = type.Version }, Cancel);

        await TakeInAsync(console);

        Assert.Equal("{\"text\":\"cheap followers here\"}", await console.ReadAsync(db => db.Set<ItemVersion>().Select(row => row.Data).SingleAsync(Cancel)));
        Assert.Equal((1, 0), (await CountAsync<Case>(console), await CountAsync<SetAsideArrival>(console)));
    }

    [Fact]
    public async Task RequestThatFails_IsSetAsideAndKeepsNoOtherWaiting()
    {
        Poison poison = new();
        await using TestConsole console = await OpenAsync(services => services.AddSingleton<IInterceptor>(poison));
        for (int place = 0; place < 5; place++)
        {
            await ReceiveAsync(
                console, null, $$$"""{"id":"p-{{{place}}}","typeId":"it_post","data":{"text":"words","language":"{{{(place == 2 ? Poison.Language : "en")}}}"}}""");
        }

        poison.Acts = true;
        await TakeInAsync(console);

        Assert.Equal((4, 0, 1), (await CountAsync<Case>(console), await CountAsync<Arrival>(console), await CountAsync<SetAsideArrival>(console)));
        Assert.Equal(nameof(InvalidOperationException), await console.ReadAsync(db => db.Set<SetAsideArrival>().Select(row => row.Fault).SingleAsync(Cancel)));
        Assert.Equal((0, 1), await BacklogAsync(console));

        // Whatever it was is mended, and the console starts again.
        poison.Acts = false;
        await console.RestartAsync(background: true);
        await Patience.UntilAsync(async () => await CountAsync<Case>(console) == 5);
        Assert.Equal((0, 0), await BacklogAsync(console));
    }

    [Fact]
    public async Task Promise_WakesTheTakingInAtOnce()
    {
        // The clock stands still, so nothing but the promise can wake it.
        await using TestConsole console = await OpenAsync(background: true);
        await ReceiveAsync(console, null, Items.PostJson("p-1"));
        await Patience.UntilAsync(async () => await CountAsync<Case>(console) == 1);
        await ReceiveAsync(console, null, Items.PostJson("p-2"));

        await Patience.UntilAsync(async () => await CountAsync<Case>(console) == 2);
    }

    [Fact]
    public async Task NodeThatEndsBetweenPromiseAndTakingIn_LeavesItToTheNextStart()
    {
        await using TestConsole console = await OpenAsync();
        await ReceiveAsync(console, null, Items.PostJson("p-1"), Items.PostJson("p-2"));
        await ReceiveAsync(console, null, Items.PostJson("p-3"));

        await console.RestartAsync(background: true);

        await Patience.UntilAsync(async () => await CountAsync<Arrival>(console) == 0);
        Assert.Equal((3, 3), (await CountAsync<ItemVersion>(console), await CountAsync<Case>(console)));
        Assert.Equal(0, await SentAgainAsync(console));
    }

    [Fact]
    public async Task TwoNodesAtOnce_TakeEachPromiseInOnce()
    {
        Dictionary<string, string?> database = await server.EmptyAsync();
        await using TestConsole one = await OpenAsync(database: database);
        await using TestConsole two = await TestConsole.StartAsync(database);
        foreach (int place in Enumerable.Range(0, 300))
        {
            await ReceiveAsync(place % 2 == 0 ? one : two, null, Items.PostJson($"p-{place}"));
        }

        await Task.WhenAll(TakeInAsync(one), TakeInAsync(two));

        Assert.Equal((300, 300, 0), (await CountAsync<Case>(one), await CountAsync<WaitingTask>(one), await CountAsync<Arrival>(one)));
        Assert.Equal(0, await SentAgainAsync(one));
    }

    private static RequestKey Key(string body) => RequestKey.Of(s_program, "items/async", "one", Encoding.UTF8.GetBytes(body));

    private static Task<ItemsOutcome> ReceiveAsync(TestConsole console, RequestKey? key, params string[] items) =>
        console.Use<ReceiveItems>().RunAsync(
            Caller.ApiKey(s_program, new HashSet<Permission> { Permission.SubmitItems }), [.. items.Select(Items.Json)], key, Cancel);

    private static async Task<int> TakeInAsync(TestConsole console)
    {
        int all = 0;
        while (await console.Get<TakeInArrivals>().RunOnceAsync(Cancel) is > 0 and var taken)
        {
            all += taken;
        }

        return all;
    }

    private static async Task<(int Waiting, int SetAside)> BacklogAsync(TestConsole console)
    {
        ArrivalsWaiting backlog = await console.Get<ArrivalBacklog>().CountAsync(Cancel);
        return (backlog.Waiting, backlog.SetAside);
    }

    private static Task<int> SentAgainAsync(TestConsole console) =>
        console.ReadAsync(db => db.Set<CaseEvent>().CountAsync(row => row.Kind == CaseEventKind.ItemSentAgain, Cancel));

    private static Task<int> CountAsync<T>(TestConsole console)
        where T : class => console.ReadAsync(db => db.Set<T>().CountAsync(Cancel));

    private async Task<TestConsole> OpenAsync(
        Action<IServiceCollection>? configure = null, bool background = false, Dictionary<string, string?>? database = null)
    {
        TestConsole console = await TestConsole.StartAsync(database ?? await server.EmptyAsync(), configure, background);
        await console.TakesItemsAsync();
        return console;
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileArrivalTests(SqliteFiles server) : ArrivalTests(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresArrivalTests(PostgresServer server) : ArrivalTests(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerArrivalTests(SqlServerDatabases server) : ArrivalTests(server), IClassFixture<SqlServerDatabases>;
