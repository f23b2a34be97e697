using System.Data.Common;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Intake.Arrivals;
using ModerationConsole.Tests.Integration.Api;
using ModerationConsole.Tests.Integration.Audit;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

/// <summary>A console that is behind with taking in sends more away for a while, and forgets nothing that it promised.</summary>
public abstract class ArrivalRoomTests(IDatabaseServer server)
{
    private static readonly Guid s_program = Guid.CreateVersion7();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InboxAtItsLimit_TakesNothingMoreUntilThereIsRoom()
    {
        await using TestConsole console = await OpenAsync(3);
        RequestKey promised = Key("promised");
        Assert.Equal(IntakeAnswer.Accepted, await ReceiveAsync(console, "p-1", promised));
        await ReceiveAsync(console, "p-2");
        console.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(IntakeAnswer.Accepted, await ReceiveAsync(console, "p-3"));
        console.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(IntakeAnswer.Full, await ReceiveAsync(console, "p-4"));
        Assert.Equal(IntakeAnswer.Full, await ReceiveAsync(console, "p-5", Key("later")));
        Assert.Equal(IntakeAnswer.Accepted, await ReceiveAsync(console, "p-1", promised));
        Assert.Equal(IntakeAnswer.Refused, (await ReceiveAsync(console, null, """{"id":"x","typeId":"nowhere","data":{}}""")).Answer);
        Assert.Equal(3, await console.CountAsync<Arrival>());

        await console.Get<TakeInArrivals>().RunOnceAsync(Cancel);
        console.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(IntakeAnswer.Accepted, await ReceiveAsync(console, "p-5", Key("later")));
        Assert.Equal(1, await console.CountAsync<Arrival>());
    }

    [Fact]
    public async Task NumbersThatWereLeftOut_AreNotTakenForRowsThatWait()
    {
        await using TestConsole console = await OpenAsync(3);
        foreach (string id in (string[])["p-1", "p-2", "p-3", "p-4"])
        {
            await ReceiveAsync(console, id);
        }

        // Set aside, erased, or never used: there are gaps.
        await console.WriteAsync(async scope => await scope.Db.Set<Arrival>().OrderBy(row => row.Number).Skip(1).Take(2).ExecuteDeleteAsync(Cancel));
        console.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(IntakeAnswer.Accepted, await ReceiveAsync(console, "p-5"));
    }

    [Fact]
    public async Task Requests_OfOneSecond_AskOnceHowMuchWaits()
    {
        Counting counting = new();
        await using TestConsole console = await OpenAsync(1_000, services => services.AddSingleton<IInterceptor>(counting));
        await ReceiveAsync(console, "p-0");
        console.Clock.Advance(TimeSpan.FromSeconds(1));
        counting.Asked = 0;

        await Task.WhenAll(Enumerable.Range(1, 30).Select(place => ReceiveAsync(console, $"p-{place}")));

        // The two ends of the key, and nothing is counted as long as they lie close together.
        Assert.Equal((2, 0), (counting.Asked, counting.Counted));
    }

    private static RequestKey Key(string name) => RequestKey.Of(s_program, "items/async", name, [1]);

    private static async Task<IntakeAnswer> ReceiveAsync(TestConsole console, string id, RequestKey? key = null) =>
        (await ReceiveAsync(console, key, Items.PostJson(id))).Answer;

    private static Task<ItemsOutcome> ReceiveAsync(TestConsole console, RequestKey? key, string json) =>
        console.PromiseAsync(s_program, key, json);

    private async Task<TestConsole> OpenAsync(int limit, Action<IServiceCollection>? configure = null)
    {
        TestConsole console = await TestConsole.StartAsync(new(await server.EmptyAsync()) { ["Intake:InboxLimit"] = $"{limit}" }, configure);
        await console.TakesItemsAsync();
        return console;
    }

    private sealed class Counting : DbCommandInterceptor
    {
        private int _asked;
        private int _counted;

        public int Asked
        {
            get => Volatile.Read(ref _asked);
            set => Volatile.Write(ref _asked, value);
        }

        public int Counted => Volatile.Read(ref _counted);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (eventData.CommandSource == CommandSource.LinqQuery && command.CommandText.Contains("intake_inbox", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _asked);
                if (command.CommandText.Contains("COUNT", StringComparison.OrdinalIgnoreCase))
                {
                    Interlocked.Increment(ref _counted);
                }
            }

            return new(result);
        }
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileArrivalRoomTests(SqliteFiles server) : ArrivalRoomTests(server), IClassFixture<SqliteFiles>
{
    [Fact]
    public async Task Program_SendingToAFullInbox_IsToldToComeBackAndHowSoon()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using WebConsole console = await WebConsole.StartAsync(new() { ["Intake:InboxLimit"] = "1" });
        await console.TakesItemsAsync();
        // Nobody takes anything in.
        await console.Services.GetRequiredService<TakeInArrivals>().StopAsync(cancel);
        string body = $"{{\"items\":[{Items.PostJson()}]}}";
        await console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new Arrival { Items = 1, Size = 2, Body = "[]"u8.ToArray(), At = scope.Now })));

        using HttpResponseMessage response = await console.PostAsync("items/async/", body, idempotencyKey: "one");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        JsonElement error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancel)).RootElement.GetProperty("errors")[0];
        Assert.Equal((503, "/errors/service-unavailable"), (error.GetProperty("status").GetInt32(), error.GetProperty("type")[0].GetString()));
        Assert.Contains("send the same again later", error.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await console.ReadAsync(db => db.Set<Arrival>().CountAsync(cancel)));
        // What needs no place in the inbox is taken all the same.
        await console.PostAsync("items", body).BodyAsync(HttpStatusCode.OK);
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresArrivalRoomTests(PostgresServer server) : ArrivalRoomTests(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerArrivalRoomTests(SqlServerDatabases server) : ArrivalRoomTests(server), IClassFixture<SqlServerDatabases>;
