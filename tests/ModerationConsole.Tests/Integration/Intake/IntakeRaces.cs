using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Api;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

/// <summary>What arrives at once, on a database with several writers.</summary>
public abstract class IntakeRaces(IDatabaseServer server)
{
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SixteenEqualItems_AtOnce_HaveOneCase()
    {
        await using TestConsole console = await OpenAsync();

        ItemsOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => console.SendAsync(Items.PostJson())));

        Assert.Single(outcomes.Select(outcome => outcome.Results[0].CaseNumber).Distinct());
        Assert.Equal((1, 1, 1), (await CountAsync<ItemVersion>(console), await CountAsync<Case>(console), await CountAsync<WaitingTask>(console)));
    }

    [Fact]
    public async Task SixteenEqualRequests_AtOnceUnderOneKey_HaveOneEffect()
    {
        await using TestConsole console = await OpenAsync();
        RequestKey key = RequestKey.Of(Guid.CreateVersion7(), "items", "one", "body"u8);

        ItemsOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => console.SendAsync(key, Items.PostJson())));

        Assert.All(outcomes, outcome => Assert.False(outcome.Results[0].Duplicate));
        Assert.Equal(0, await console.ReadAsync(db => db.Set<CaseEvent>().CountAsync(row => row.Kind == CaseEventKind.ItemSentAgain, Cancel)));
    }

    [Fact]
    public async Task ItemAndItsReports_AtOnce_HaveOneCaseWithAllOfThem()
    {
        await using TestConsole console = await OpenAsync();
        string item = System.Text.Json.Nodes.JsonNode.Parse(PeerPayloads.Report)!["reportedItem"]!.ToJsonString();

        Task<ReportOutcome[]> reporting = Task.WhenAll(Enumerable.Range(0, 8).Select(place => console.Use<AcceptReport>().RunAsync(
            Caller.System, Items.Json(PeerPayloads.Report.Replace("u-12", $"u-{place}", StringComparison.Ordinal)), null, Cancel)));
        await console.SendAsync(item);
        ReportOutcome[] reports = await reporting;

        Assert.All(reports, report => Assert.Equal(IntakeAnswer.Accepted, report.Answer));
        Assert.Equal((8, 1, 1), (await CountAsync<Report>(console), await CountAsync<Case>(console), await CountAsync<WaitingTask>(console)));
    }

    [Fact]
    public async Task VersionsOfOneItem_AtOnce_LeaveOneToBeJudged()
    {
        await using TestConsole console = await OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(place => console.SendAsync(Items.PostJson(text: $"words {place}"))));

        Assert.Equal(8, await CountAsync<Case>(console));
        Assert.Equal(1, await console.ReadAsync(db => db.Set<Case>().CountAsync(row => row.State == CaseState.Open, Cancel)));
        Assert.Equal(1, await CountAsync<WaitingTask>(console));
    }

    [Fact]
    public async Task Ids_ThatDifferInCaseOnly_AreOfTwoItems()
    {
        await using TestConsole console = await OpenAsync();

        await console.SendAsync(Items.PostJson("p-1a"), Items.PostJson("P-1A"), Items.PostJson("p-1ä"));

        Assert.Equal((3, 3), (await CountAsync<ItemVersion>(console), await CountAsync<Case>(console)));
        Assert.Equal(1, await console.ReadAsync(db => db.Set<ItemVersion>().CountAsync(row => row.ItemId == "P-1A", Cancel)));
    }

    [Theory]
    [InlineData("a\\u0000b")]
    [InlineData("\\uFFFF \\uFFFE")]
    public async Task Text_ThatTheDatabaseCannotHold_IsTakenInNevertheless(string text)
    {
        await using TestConsole console = await OpenAsync();

        ItemsOutcome outcome = await console.SendAsync($"{{\"id\":\"p-1\",\"typeId\":\"it_post\",\"data\":{{\"text\":\"{text}\"}}}}");

        Assert.Equal(IntakeAnswer.Accepted, outcome.Answer);
    }

    private protected async Task<TestConsole> OpenAsync()
    {
        TestConsole console = await TestConsole.StartAsync(await server.EmptyAsync());
        await console.TakesItemsAsync();
        return console;
    }

    private static Task<int> CountAsync<T>(TestConsole console)
        where T : class => console.ReadAsync(db => db.Set<T>().CountAsync(Cancel));
}

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresIntakeTests(PostgresServer server) : IntakeRaces(server), IClassFixture<PostgresServer>
{
    [Fact]
    public async Task NewerVersion_BetweenReadingAndStoringOfAnother_IsSeenByIt()
    {
        await using TestConsole console = await OpenAsync();
        ItemCatalog catalog = await console.Contexts.ReadItemCatalogAsync(Cancel);
        List<AcceptedItem> late = ItemBatch.Read([Items.Json(Items.PostJson(text: "late"))], catalog, new ProblemList());
        int attempts = 0;
        await console.Get<WritePath>().RunAsync(
            async (scope, cancel) =>
            {
                // From here on it sees what there was at this moment.
                await scope.Db.Set<ItemVersion>().AnyAsync(cancel);
                if (attempts++ == 0)
                {
                    await console.SendAsync(Items.PostJson(text: "early"));
                }

                return await scope.TakeInAsync(Caller.System, late, CaseSource.Rule, catalog, cancel);
            },
            Cancel);

        Assert.Equal(2, attempts);
        Assert.Equal([(1, CaseState.Closed), (2, CaseState.Open)], await console.ReadAsync(async db => (await (
            from version in db.Set<ItemVersion>()
            join about in db.Set<Case>() on version.Id equals about.ItemVersionId
            orderby version.Number
            select new { version.Number, about.State }).ToListAsync(Cancel)).Select(row => (row.Number, row.State))));
    }
}

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerIntakeTests(SqlServerDatabases server) : IntakeRaces(server), IClassFixture<SqlServerDatabases>;
