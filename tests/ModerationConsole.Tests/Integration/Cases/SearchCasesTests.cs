using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Cases;

/// <summary>What the index of words holds, and what it finds.</summary>
public sealed class SearchCasesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_LostByAFault_AreFoundAgainAfterTheNextStart()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        (Case about, _) = await console.CaseAsync(await console.QueueAsync(), "marzipan");
        await console.WriteAsync(scope => scope.Db.Set<CaseText>().ExecuteDeleteAsync(Cancel));
        Assert.Empty(await SearchOnEach.FindAsync(console, person, "marzipan"));

        Assert.Equal(1, await console.Get<IndexOldCases>().RunOnceAsync(Cancel));

        Assert.Equal([about.Number], await SearchOnEach.FindAsync(console, person, "marzipan"));
        Assert.Equal(0, await console.Get<IndexOldCases>().RunOnceAsync(Cancel));
    }

    [Fact]
    public async Task Item_SentByThePlatform_IsFoundByItsWordsItsIdAndItsAuthor()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller person = await console.PersonAsync();
        await console.TakesItemsAsync();
        await console.SendAsync("""{"id":"u-77","typeId":"it_user","data":{"display_name":"Ольга Marzipan"}}""");
        await console.SendAsync("""{"id":"p-1","typeId":"it_post","data":{"text":"wörter","author":{"id":"u-77","typeId":"it_user"}}}""");

        long number = (await SearchOnEach.FindAsync(console, person, "WÖRTER"))[0];

        Assert.Contains(number, await SearchOnEach.FindAsync(console, person, "p-1"));
        Assert.Contains(number, await SearchOnEach.FindAsync(console, person, "u-77"));
        Assert.Contains(number, await SearchOnEach.FindAsync(console, person, "ольга"));
    }

    [Fact]
    public void Query_ForSqlServer_LooksForWordsWhereTheyBegin()
    {
        using ConsoleDbContext db = ((IDesignTimeDbContextFactory<SqlServerConsoleContext>)new DesignTimeContexts()).CreateDbContext([]);

        string sql = new SqlServerText().Matching<CaseText>(db, SearchWords.Terms("cheap \"now here\"")).ToQueryString();

        Assert.Contains("% cheap%", sql, StringComparison.Ordinal);
        Assert.Contains("% now here %", sql, StringComparison.Ordinal);
    }
}
