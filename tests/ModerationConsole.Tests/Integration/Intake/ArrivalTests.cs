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
using ModerationConsole.Tests.Integration.Audit;
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

        Assert.Equal(IntakeAnswer.Accepted, (await console.PromiseAsync(s_program, null, Items.PostJson("p-1"), Items.PostJson("p-2"))).Answer);
        Assert.Equal((0, 1), (await console.CountAsync<Case>(), await console.CountAsync<Arrival>()));
        Assert.Equal(1, await console.TakeInAllAsync());

        Assert.Equal((2, 2, 0), (await console.CountAsync<Case>(), await console.CountAsync<WaitingTask>(), await console.CountAsync<Arrival>()));
        Assert.Equal(2, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(
            entry => entry.Act == AuditAct.ItemReceived && entry.ActorId == s_program && entry.ActorKind == CallerKind.ApiKey, Cancel)));
    }

    [Fact]
    public async Task SameKey_BeforeItsItemsAreTakenIn_IsOnePromise()
    {
        await using TestConsole console = await OpenAsync();
        RequestKey key = Key("body");

        ItemsOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => console.PromiseAsync(s_program, key, Items.PostJson())));
        Assert.Equal(1, await console.CountAsync<Arrival>());
        await console.TakeInAllAsync();
        await console.PromiseAsync(s_program, key, Items.PostJson());
        ItemsOutcome other = await console.PromiseAsync(s_program, Key("other body"), Items.PostJson("p-2"));

        Assert.All(outcomes, outcome => Assert.Equal(IntakeAnswer.Accepted, outcome.Answer));
        Assert.Equal(IntakeAnswer.KeyReused, other.Answer);
        Assert.Equal((0, 1), (await console.CountAsync<Arrival>(), await console.CountAsync<Case>()));
        Assert.Equal(0, await SentAgainAsync(console));
    }

    [Fact]
    public async Task SameVersion_PromisedTwice_HasOneCaseThatSaysSo()
    {
        await using TestConsole console = await OpenAsync();
        await console.PromiseAsync(s_program, null, Items.PostJson());
        await console.PromiseAsync(s_program, null, Items.PostJson());

        Assert.Equal(2, await console.TakeInAllAsync());

        Assert.Equal((1, 1), (await console.CountAsync<Case>(), await console.CountAsync<WaitingTask>()));
        Assert.Equal(1, await SentAgainAsync(console));
    }

    [Fact]
    public async Task VersionsOfOneItem_PromisedInOrder_LeaveTheLastToBeJudged()
    {
        await using TestConsole console = await OpenAsync();
        foreach (string text in (string[])["first words", "second words", "third words"])
        {
            await console.PromiseAsync(s_program, null, Items.PostJson("other " + text), Items.PostJson(text: text));
        }

        await console.TakeInAllAsync();

        Assert.Equal(["third words"], await ToBeJudgedAsync(console, "p-481"));
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
            await console.PromiseAsync(sender, null, item);
        }

        await console.TakeInAllAsync();

        Assert.Equal(["third words"], await ToBeJudgedAsync(console, "p-481"));
        Assert.Equal(
            [s_program, other, s_program, other],
            await console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Act == AuditAct.ItemReceived).OrderBy(entry => entry.Number).Select(entry => entry.ActorId!.Value).ToArrayAsync(Cancel)));
    }

    [Fact]
    public async Task BatchWithABadItem_IsRefusedAsAWhole()
    {
        await using TestConsole console = await OpenAsync();

        ItemsOutcome outcome = await console.PromiseAsync(s_program, null, Items.PostJson(), """{"id":"p-1","typeId":"it_post","data":{"text":5}}""");

        Assert.Equal("/items/1/data/text", Assert.Single(outcome.Problems).Pointer);
        Assert.Equal((0, 0), (await console.CountAsync<Arrival>(), await console.TakeInAllAsync()));
    }

    [Fact]
    public async Task TypePutAwayAfterThePromise_KeepsIt()
    {
        await using TestConsole console = await OpenAsync();
        await console.PromiseAsync(s_program, null, Items.PostJson("p-1"));
        ItemType type = await console.ReadAsync(db => db.Set<ItemType>().SingleAsync(row => row.Id == Items.Post.Id, Cancel));
        await console.Use<SaveItemType>().RunAsync(Caller.System, Items.Post with { Archived = true, Version = type.Version }, Cancel);

        ItemsOutcome late = await console.PromiseAsync(s_program, null, Items.PostJson("p-2"));
        await console.TakeInAllAsync();

        Assert.Equal(IntakeAnswer.Refused, late.Answer);
        Assert.Equal("p-1", await console.ReadAsync(db => db.Set<ItemVersion>().Select(row => row.ItemId).SingleAsync(Cancel)));
        Assert.Equal(1, await console.CountAsync<Case>());
    }

    [Fact]
    public async Task TypeChangedAfterThePromise_KeepsWhatNoLongerFits()
    {
        await using TestConsole console = await OpenAsync();
        await console.PromiseAsync(s_program, null, Items.PostJson("p-1"));
        ItemType type = await console.ReadAsync(db => db.Set<ItemType>().SingleAsync(row => row.Id == Items.Post.Id, Cancel));
        await console.Use<SaveItemType>().RunAsync(
            Caller.System, Items.Post with { Fields = [new ItemField("title", FieldType.String, Required: true), new ItemField("text", FieldType.Number)], Version = type.Version }, Cancel);

        await console.TakeInAllAsync();

        Assert.Equal("{\"text\":\"cheap followers here\"}", await console.ReadAsync(db => db.Set<ItemVersion>().Select(row => row.Data).SingleAsync(Cancel)));
        Assert.Equal((1, 0), (await console.CountAsync<Case>(), await console.CountAsync<SetAsideArrival>()));
    }

    [Fact]
    public async Task RequestThatFails_IsSetAsideAndKeepsNoOtherWaiting()
    {
        Poison poison = new();
        await using TestConsole console = await OpenAsync(services => services.AddSingleton<IInterceptor>(poison));
        for (int place = 0; place < 5; place++)
        {
            await console.PromiseAsync(
                s_program, null, $$$"""{"id":"p-{{{place}}}","typeId":"it_post","data":{"text":"words","language":"{{{(place == 2 ? Poison.Language : "en")}}}"}}""");
        }

        poison.Acts = true;
        await console.TakeInAllAsync();

        Assert.Equal((4, 0, 1), (await console.CountAsync<Case>(), await console.CountAsync<Arrival>(), await console.CountAsync<SetAsideArrival>()));
        Assert.Equal(nameof(InvalidOperationException), await console.ReadAsync(db => db.Set<SetAsideArrival>().Select(row => row.Fault).SingleAsync(Cancel)));
        Assert.Equal((0, 1), await BacklogAsync(console));

        // Whatever it was is mended, and the console starts again.
        poison.Acts = false;
        await console.RestartAsync(background: true);
        await Patience.UntilAsync(async () => await console.CountAsync<Case>() == 5);
        Assert.Equal((0, 0), await BacklogAsync(console));
    }

    [Fact]
    public async Task Promise_WakesTheTakingInAtOnce()
    {
        // The clock stands still, so nothing but the promise can wake it.
        await using TestConsole console = await OpenAsync(background: true);
        await console.PromiseAsync(s_program, null, Items.PostJson("p-1"));
        await Patience.UntilAsync(async () => await console.CountAsync<Case>() == 1);
        await console.PromiseAsync(s_program, null, Items.PostJson("p-2"));

        await Patience.UntilAsync(async () => await console.CountAsync<Case>() == 2);
    }

    [Fact]
    public async Task NodeThatEndsBetweenPromiseAndTakingIn_LeavesItToTheNextStart()
    {
        await using TestConsole console = await OpenAsync();
        await console.PromiseAsync(s_program, null, Items.PostJson("p-1"), Items.PostJson("p-2"));
        await console.PromiseAsync(s_program, null, Items.PostJson("p-3"));

        await console.RestartAsync(background: true);

        await Patience.UntilAsync(async () => await console.CountAsync<Arrival>() == 0);
        Assert.Equal((3, 3), (await console.CountAsync<ItemVersion>(), await console.CountAsync<Case>()));
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
            await (place % 2 == 0 ? one : two).PromiseAsync(s_program, null, Items.PostJson($"p-{place}"));
        }

        await Task.WhenAll(one.TakeInAllAsync(), two.TakeInAllAsync());

        Assert.Equal((300, 300, 0), (await one.CountAsync<Case>(), await one.CountAsync<WaitingTask>(), await one.CountAsync<Arrival>()));
        Assert.Equal(0, await SentAgainAsync(one));
    }

    private static RequestKey Key(string body) => RequestKey.Of(s_program, "items/async", "one", Encoding.UTF8.GetBytes(body));

    /// <summary>What the versions of an item say that wait for a verdict.</summary>
    private static Task<string[]> ToBeJudgedAsync(TestConsole console, string itemId) => console.ReadAsync(db => (
        from about in db.Set<Case>()
        join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
        where about.State == CaseState.Open && item.ItemId == itemId
        select item.Text).ToArrayAsync(Cancel));

    private static async Task<(int Waiting, int SetAside)> BacklogAsync(TestConsole console)
    {
        ArrivalsWaiting backlog = await console.Get<ArrivalBacklog>().CountAsync(Cancel);
        return (backlog.Waiting, backlog.SetAside);
    }

    private static Task<int> SentAgainAsync(TestConsole console) =>
        console.ReadAsync(db => db.Set<CaseEvent>().CountAsync(row => row.Kind == CaseEventKind.ItemSentAgain, Cancel));

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
