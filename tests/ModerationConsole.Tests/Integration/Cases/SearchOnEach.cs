using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Cases;

/// <summary>Search by words, the same on each database.</summary>
public abstract class SearchOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_WithoutRegardToCaseAccentsAndScript_FindTheirCases()
    {
        await using TestConsole console = await TestConsole.StartAsync(await server.EmptyAsync());
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync();
        string[] texts = ["Größte ÄRGER-Liste", "ДЕШЁВЫЕ подписчики", "安い買い物はこちら", "ΟΔΟΣ ΟΝΕΙΡΩΝ", "t.me/cheap-followers now"];
        long[] made = new long[texts.Length];
        for (int place = 0; place < texts.Length; place++)
        {
            made[place] = (await console.CaseAsync(queue, texts[place])).Case.Number;
        }

        (string Typed, int Found)[] searches =
        [
            ("GRÖSSTE"[..3], 0), ("größte", 0), ("arg liste", 0), ("дешевые", 1), ("ПОДПИС", 1), ("買い物", 2), ("買", 2), ("οδός", 3), ("ονειρων οδος", 3),
            ("t.me/cheap", 4), ("\"followers NOW\"", 4), ("foll", 4),
        ];
        foreach ((string typed, int place) in searches)
        {
            Assert.Equal([made[place]], await FindAsync(console, person, typed));
        }

        foreach (string typed in new[] { "\"now followers\"", "ollowers", "\"foll\"", "cheap größte" })
        {
            Assert.Empty(await FindAsync(console, person, typed));
        }
    }

    [Fact]
    public async Task List_FoundByWords_IsWalkedBothWaysOnceInOrder()
    {
        await using TestConsole console = await TestConsole.StartAsync(await server.EmptyAsync());
        Caller person = await console.PersonAsync();
        CaseQueue queue = await console.QueueAsync();
        List<long> wanted = [];
        for (int place = 0; place < 40; place++)
        {
            bool fits = place % 3 == 0;
            long number = (await console.CaseAsync(queue, fits ? $"marzipan {place}" : $"nougat {place}", language: place % 2 == 0 ? "en" : "de")).Case.Number;
            if (fits)
            {
                wanted.Add(number);
            }
        }

        CaseFilter filter = new() { Search = "marzi" };
        ListCases list = console.Use<ListCases>();
        List<long> down = [];
        FoundCases page = await list.RunAsync(person, filter, new CasePlace(Size: 4), Cancel);
        Assert.Equal(wanted.Count, page.Matches);
        for (; ; page = await list.RunAsync(person, filter, new CasePlace(OlderThan: down[^1], Size: 4), Cancel))
        {
            down.AddRange(page.Rows.Select(row => row.Number));
            if (!page.HasOlder)
            {
                break;
            }
        }

        List<long> up = [];
        for (page = await list.RunAsync(person, filter, new CasePlace(NewerThan: 0, Size: 4), Cancel); ; page = await list.RunAsync(person, filter, new CasePlace(NewerThan: up[^1], Size: 4), Cancel))
        {
            Assert.Equal(up.Count > 0, page.HasOlder);
            up.AddRange(page.Rows.Select(row => row.Number).Reverse());
            if (!page.HasNewer)
            {
                break;
            }
        }

        Assert.Equal([.. wanted.OrderDescending()], down);
        Assert.Equal(wanted, up);
        FoundCases narrowed = await list.RunAsync(person, filter with { Language = "en" }, new CasePlace(), Cancel);
        Assert.Equal((7, 7), (narrowed.Rows.Count, narrowed.Matches));
    }

    [Fact]
    public async Task Case_MarkedAsChildSafety_LeavesTheIndexInThatMoment()
    {
        await using TestConsole console = await TestConsole.StartAsync(await server.EmptyAsync());
        Caller person = await console.PersonAsync();
        Caller cleared = await console.PersonAsync(own: Permission.ChildSafety);
        CaseQueue queue = await console.QueueAsync([person]);
        (Case about, ReviewTask task) = await console.CaseAsync(queue, "marzipan");
        ActiveLease lease = await console.HoldAsync(person, task);
        Assert.Equal([about.Number], await FindAsync(console, cleared, "marzipan"));

        Assert.Equal(MarkChildSafetyOutcome.Marked, await console.Use<MarkChildSafety>().RunAsync(person, task.Number, lease.Fence, Cancel));

        Assert.Empty(await FindAsync(console, cleared, "marzipan"));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<CaseText>().CountAsync(Cancel)));
        Assert.Equal(0, await console.Get<IndexOldCases>().RunOnceAsync(Cancel));
        Assert.Equal([about.Number], await FindAsync(console, cleared, $"{about.Number}"));
    }

    internal static async Task<long[]> FindAsync(TestConsole console, Caller caller, string typed) =>
        [.. (await console.Use<ListCases>().RunAsync(caller, new CaseFilter { Search = typed }, new CasePlace(), Cancel)).Rows.Select(row => row.Number)];
}

/// <summary>On the embedded database.</summary>
public sealed class SqliteSearchTests(SqliteFiles server) : SearchOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresSearchTests(PostgresServer server) : SearchOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerSearchTests(SqlServerDatabases server) : SearchOnEach(server), IClassFixture<SqlServerDatabases>;
