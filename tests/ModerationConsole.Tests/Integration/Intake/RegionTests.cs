using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Intake;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Intake;

/// <summary>Where the data of an item belongs, from what is sent to what people see.</summary>
public sealed class RegionTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync(new() { ["Regions:Known:0"] = "eu", ["Regions:Known:1"] = "us", ["Regions:Default"] = "us" });
        await _console.TakesItemsAsync();
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Item_SentWithARegion_ShowsItAndIsFoundByIt()
    {
        long european = await SendAsync("p-1", "EU");
        long other = await SendAsync("p-2", null);
        Caller reader = await _console.PersonAsync(own: [Permission.ViewCases]);

        Assert.Equal("eu", (await _console.Use<OpenCase>().RunAsync(reader, european, Cancel))!.Item.Region);
        Assert.Equal("us", (await _console.Use<OpenCase>().RunAsync(reader, other, Cancel))!.Item.Region);
        FoundCases found = await _console.Use<ListCases>().RunAsync(reader, new CaseFilter { Region = "eu" }, new CasePlace(), Cancel);
        Assert.Equal([european], found.Rows.Select(row => row.Number));
    }

    [Fact]
    public async Task SameVersion_SentAgainWithAnotherRegion_StaysWhereItWasFirst()
    {
        long first = await SendAsync("p-1", "eu");
        long again = await SendAsync("p-1", "us");

        Assert.Equal(first, again);
        Assert.Equal("eu", await _console.ReadAsync(db => db.Set<ItemVersion>().Select(row => row.Region).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task Item_OfAnUnknownRegion_IsRefusedAndNothingIsStored()
    {
        ItemsOutcome outcome = await _console.SendAsync(Item("p-1", "moon"));

        Assert.Equal("item.region-unknown", Assert.Single(outcome.Problems).Code);
        Assert.False(await _console.ReadAsync(db => db.Set<ItemVersion>().AnyAsync(Cancel)));
    }

    [Theory]
    [InlineData("eu", "EU", "", "Regions:Known names a region twice.")]
    [InlineData("eu", "../us", "", "Regions:Known has names of letters, digits and hyphens, at most 32 long.")]
    [InlineData("eu", "us", "asia", "Regions:Default must be one of Regions:Known.")]
    public void Settings_ThatCannotBeMeant_AreRefusedAtTheStart(string one, string two, string fallback, string message)
    {
        RegionOptions options = new() { Known = [one, two], Default = fallback };

        ValidateOptionsResult result = _console.Get<IValidateOptions<RegionOptions>>().Validate(null, options);

        Assert.Equal(message, result.FailureMessage);
    }

    private static string Item(string id, string? region) =>
        $$$"""{"id":"{{{id}}}","typeId":"it_post","region":{{{JsonSerializer.Serialize(region)}}},"data":{"text":"words of {{{id}}}"}}""";

    private async Task<long> SendAsync(string id, string? region) => (await _console.SendAsync(Item(id, region))).Results[0].CaseNumber!.Value;
}
