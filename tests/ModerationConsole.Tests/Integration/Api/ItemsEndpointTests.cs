using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Api;

public sealed class ItemsEndpointTests(ItemsConsole fixture) : IClassFixture<ItemsConsole>
{
    private readonly WebConsole _console = fixture.Web;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("items/async/")]
    [InlineData("items/async")]
    public async Task PeersItems_SentToTheAsyncAddress_AreAcceptedWithoutABody(string path)
    {
        using HttpResponseMessage response = await _console.PostAsync(path, PeerPayloads.Items);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
        ItemVersion item = await TakenInAsync("p-481");
        Assert.Equal(("it_user", "u-77", "cheap followers here"), (item.CreatorTypeId, item.CreatorId, item.Text));
    }

    [Theory]
    [InlineData("items")]
    [InlineData("items/")]
    public async Task Items_SentToTheWaitingAddress_AreAnsweredWithTheirCases(string path)
    {
        string id = Guid.NewGuid().ToString();

        JsonElement body = await _console.PostAsync(path, Batch(Items.PostJson(id))).BodyAsync(HttpStatusCode.OK);

        JsonElement result = body.GetProperty("results")[0];
        Assert.Equal(["itemId", "caseNumber", "verdict", "rules", "duplicate"], result.EnumerateObject().Select(member => member.Name));
        Assert.Equal(id, result.GetProperty("itemId").GetString());
        Assert.Equal(JsonValueKind.Null, result.GetProperty("verdict").ValueKind);
        Assert.False(result.GetProperty("duplicate").GetBoolean());
        long number = result.GetProperty("caseNumber").GetInt64();
        Assert.True(await _console.ReadAsync(db => db.Set<Case>().AnyAsync(row => row.Number == number, Cancel)));
    }

    [Fact]
    public async Task Batch_WithBadItems_IsRefusedWithAPointerToEachAndStoresNothing()
    {
        string good = Guid.NewGuid().ToString();

        JsonElement[] errors = await _console.PostAsync("items/async/", Batch(
            Items.PostJson(good), """{"id":"x","typeId":"nowhere","data":{}}""", """{"id":"y","typeId":"it_post","data":{"text":5}}"""))
            .ErrorsAsync(HttpStatusCode.BadRequest);

        Assert.Equal(["/items/1", "/items/2/data/text"], errors.Select(error => error.GetProperty("pointer").GetString()));
        Assert.Equal(["/errors/unrecognized-content-type", "/errors/data-invalid-for-item-type"], errors.Select(error => error.GetProperty("type")[0].GetString()));
        Assert.False(await _console.ReadAsync(db => db.Set<ItemVersion>().AnyAsync(row => row.ItemId == good, Cancel)));
    }

    [Fact]
    public async Task SameRequest_TwiceUnderOneKey_IsAnsweredTheSame()
    {
        string key = Guid.NewGuid().ToString();
        string body = Batch(Items.PostJson(key));

        using HttpResponseMessage first = await _console.PostAsync("items", body, idempotencyKey: key);
        using HttpResponseMessage second = await _console.PostAsync("items/", body, idempotencyKey: key);

        Assert.Equal(await first.Content.ReadAsStringAsync(Cancel), await second.Content.ReadAsStringAsync(Cancel));
        await _console.PostAsync("items", body + " ", idempotencyKey: key).ErrorsAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task EqualRequests_AtOnceUnderOneKey_HaveOneEffect()
    {
        string key = Guid.NewGuid().ToString();

        HttpResponseMessage[] responses = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => _console.PostAsync("items", Batch(Items.PostJson(key)), idempotencyKey: key)));

        string[] answers = await Task.WhenAll(responses.Select(response => response.Content.ReadAsStringAsync(Cancel)));
        Assert.Contains("\"duplicate\":false", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
        Assert.Equal(1, await _console.ReadAsync(db => db.Set<ItemVersion>().CountAsync(row => row.ItemId == key, Cancel)));
    }

    /// <summary>Waits for an item that was promised.</summary>
    private async Task<ItemVersion> TakenInAsync(string id)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await _console.ReadAsync(db => db.Set<ItemVersion>().SingleOrDefaultAsync(row => row.ItemId == id, patience.Token)) is { } item)
            {
                return item;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    internal static string Batch(params string[] items) => $"{{\"items\":[{string.Join(',', items)}]}}";
}
