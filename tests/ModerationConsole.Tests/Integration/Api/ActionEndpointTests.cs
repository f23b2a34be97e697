using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Api;

public sealed class ActionEndpointTests : IAsyncLifetime
{
    private WebConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await WebConsole.StartAsync();
        await _console.TakesItemsAsync();
        await _console.WriteAsync(scope =>
        {
            scope.Db.Add(new Policy { Id = "pol_spam", Code = "1", Name = "Spam" });
            scope.Db.Add(new ActionDefinition
            {
                Id = "act_delete",
                Name = "Delete",
                Parameters = ActionParameters.Write([new ActionParameter("days", ParameterType.Number, Required: true)]),
            });
            return Task.FromResult(0);
        });
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData("actions")]
    [InlineData("actions/")]
    public async Task PeersAction_Asked_IsAcceptedAndWaitsToBeSent(string path)
    {
        using HttpResponseMessage response = await _console.PostAsync(path, PeerPayloads.Action);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
        EnforcementAction action = await _console.ReadAsync(db => db.Set<EnforcementAction>().SingleAsync(Cancel));
        Assert.Equal(("act_delete", "it_post", "p-481"), (action.ActionId, action.TargetTypeId, action.TargetItemId));
    }

    [Fact]
    public async Task Action_AskedTwiceUnderOneKey_IsOrderedOnce()
    {
        await _console.PostAsync("actions", PeerPayloads.Action, idempotencyKey: "one");
        await _console.PostAsync("actions", PeerPayloads.Action, idempotencyKey: "one");

        Assert.Equal(1, await _console.ReadAsync(db => db.Set<EnforcementAction>().CountAsync(Cancel)));
        await _console.PostAsync("actions", PeerPayloads.Action + " ", idempotencyKey: "one").ErrorsAsync(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("actionId", null, "/actionId")]
    [InlineData("actionId", "\"act_none\"", "/actionId")]
    [InlineData("itemId", "\"a\\u0000\"", "/itemId")]
    [InlineData("itemTypeId", "\"nowhere\"", "/itemTypeId")]
    [InlineData("policyIds", "\"pol_spam\"", "/policyIds")]
    [InlineData("policyIds", "[5]", "/policyIds/0")]
    [InlineData("policyIds", "[\"pol_none\"]", "/policyIds/0")]
    [InlineData("reportedItems", "[{}]", "/reportedItems/0")]
    [InlineData("parameters", "[]", "/parameters")]
    [InlineData("parameters", "{}", "/parameters/days")]
    [InlineData("parameters", "{\"days\":\"many\"}", "/parameters/days")]
    [InlineData("parameters", "{\"days\":1,\"more\":2}", "/parameters/more")]
    [InlineData("note", "5", "/note")]
    public async Task Action_WithSomethingWrong_IsRefusedByItsPointerAndNothingIsOrdered(string name, string? value, string pointer)
    {
        JsonObject body = JsonNode.Parse(PeerPayloads.Action)!.AsObject();
        body.Remove(name);
        if (value is not null)
        {
            body[name] = JsonNode.Parse(value);
        }

        JsonElement[] errors = await _console.PostAsync("actions", body.ToJsonString()).ErrorsAsync(HttpStatusCode.BadRequest);

        Assert.Contains(pointer, errors.Select(error => error.GetProperty("pointer").GetString()));
        Assert.Equal(0, await _console.ReadAsync(db => db.Set<EnforcementAction>().CountAsync(Cancel)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    public async Task Action_ThatIsNoObject_IsRefused(string body) => await _console.PostAsync("actions", body).ErrorsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task PublicKey_Read_IsAnRsaKeyInPem()
    {
        CreatedKey key = await _console.KeyAsync(Permission.ReadPolicies);

        using HttpResponseMessage response = await _console.GetAsync("webhooks/public-key", key.Key);

        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(await response.Content.ReadAsStringAsync(Cancel));
        Assert.True(rsa.KeySize >= 2048);
    }
}
