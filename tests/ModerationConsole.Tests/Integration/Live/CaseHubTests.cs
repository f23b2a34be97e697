using System.Net.WebSockets;
using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Live;
using ModerationConsole.Web.Live;

namespace ModerationConsole.Tests.Integration.Live;

public sealed class CaseHubTests(CaseHubTests.Running running) : IClassFixture<CaseHubTests.Running>
{
    private readonly WebConsole _console = running.Console;

    /// <summary>One program for the class: hub clients of one test take no notice of another's.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public WebConsole Console { get; private set; } = null!;

        public CaseQueue Queue { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Console = await WebConsole.StartAsync();
            Queue = await Console.TakesItemsAsync();
        }

        public ValueTask DisposeAsync() => Console.DisposeAsync();
    }

    [Fact]
    public async Task ItemPosted_ProgramListens_IsToldNumbersAndStatesAndNoContent()
    {
        await using HubClient client = await _console.HearAsync(Permission.ReadCases);

        using HttpResponseMessage posted = await _console.PostAsync("items", $$"""{"items":[{{Items.PostJson("p-hub", "words nobody may hear")}}]}""");
        HubCall call = (await client.UntilAsync(call => call.Method == "caseQueued"))[^1];

        Assert.Equal(200, (int)posted.StatusCode);
        Assert.Equal(["sequence", "caseNumber", "queueId", "state", "at"], call.Notice.Select(field => field.Key));
        Assert.NotNull(call.CaseNumber);
        Assert.Equal(running.Queue.Id, call.Notice["queueId"]!.GetValue<Guid>());
        Assert.DoesNotContain("words", call.Wire, StringComparison.Ordinal);
        Assert.DoesNotContain("p-hub", call.Wire, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_PersonListensByCookie_ArriveInOrderUnderTheNamesOfTheContract()
    {
        (_, string cookie) = await _console.SignedInAsync(Roles.Lead);
        await using HubClient client = await HubClient.ConnectAsync(_console.Client.BaseAddress!, "Cookie", cookie);

        await _console.PublishAsync(LiveKind.CaseQueued, LiveKind.CaseChanged, LiveKind.QueueChanged, LiveKind.DecisionRecorded);

        IReadOnlyList<HubCall> calls = await client.UntilAsync(call => call.Method == "decisionRecorded");
        Assert.Equal(["caseQueued", "caseChanged", "queueChanged", "decisionRecorded"], calls.Select(call => call.Method));
        Assert.Equal(calls.OrderBy(call => call.Notice["sequence"]!.GetValue<long>()), calls);
    }

    [Fact]
    public async Task Changes_ThatConcernOnePersonOrNobodyOutside_AreNeverTold()
    {
        await using HubClient client = await _console.HearAsync(Permission.ReadCases, Permission.ChildSafety);
        (Guid person, _) = await _console.SignedInAsync(Roles.Moderator);

        await _console.WriteAsync(scope =>
        {
            foreach (LiveKind kind in Enum.GetValues<LiveKind>().Except([LiveKind.Missed]))
            {
                scope.Publish(kind, caseNumber: 1, personId: person, state: "Rest");
            }

            foreach (LiveKind kind in new[] { LiveKind.LeaseEnded, LiveKind.DeliveryChanged, LiveKind.MediaChanged, LiveKind.PersonChanged, LiveKind.ConfigurationChanged, LiveKind.Alarm })
            {
                scope.Publish(kind, caseNumber: 1, state: "Rest");
            }

            scope.Publish(LiveKind.CaseChanged, caseNumber: 2);
            return Task.FromResult(true);
        });

        HubCall first = Assert.Single(await client.UntilAsync(call => call.CaseNumber == 2));
        Assert.Equal("caseChanged", first.Method);
    }

    [Fact]
    public async Task ChildSafetyCases_AreToldOnlyWithTheirOwnPermission()
    {
        await using HubClient ordinary = await _console.HearAsync(Permission.ReadCases);
        await using HubClient trusted = await _console.HearAsync(Permission.ReadCases, Permission.ChildSafety);
        (_, string cookie) = await _console.SignedInAsync(Roles.Moderator);
        await using HubClient person = await HubClient.ConnectAsync(_console.Client.BaseAddress!, "Cookie", cookie);

        await _console.WriteAsync(scope =>
        {
            foreach (LiveKind kind in new[] { LiveKind.CaseQueued, LiveKind.CaseChanged, LiveKind.QueueChanged, LiveKind.DecisionRecorded })
            {
                scope.Publish(kind, caseNumber: 70, childSafety: true);
            }

            scope.Publish(LiveKind.CaseChanged, caseNumber: 71);
            return Task.FromResult(true);
        });

        Assert.Single(await ordinary.UntilAsync(call => call.CaseNumber == 71));
        Assert.Single(await person.UntilAsync(call => call.CaseNumber == 71));
        Assert.Equal(5, (await trusted.UntilAsync(call => call.CaseNumber == 71)).Count);
    }

    [Fact]
    public async Task Administrator_WhoMaySeeQueuesButNoCases_HearsOfQueuesOnly()
    {
        (_, string cookie) = await _console.SignedInAsync(Roles.Admin);
        await using HubClient client = await HubClient.ConnectAsync(_console.Client.BaseAddress!, "Cookie", cookie);

        await _console.PublishAsync(LiveKind.CaseQueued, LiveKind.DecisionRecorded, LiveKind.QueueChanged);

        Assert.Single(await client.UntilAsync(call => call.Method == "queueChanged"));
    }

    [Fact]
    public async Task Connecting_WithoutAnythingToHear_IsRefused()
    {
        CreatedKey sends = await _console.KeyAsync(Permission.SubmitItems);

        Assert.Contains("403", (await Refused("X-API-KEY", sends.Key)).Message, StringComparison.Ordinal);
        Assert.Contains("401", (await Refused("X-API-KEY", "mc_nothing")).Message, StringComparison.Ordinal);
        Assert.Contains("401", (await Refused("Accept", "*/*")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connecting_FromAnotherSitesPage_IsRefusedDespiteTheCookie()
    {
        (_, string cookie) = await _console.SignedInAsync(Roles.Lead);

        WebSocketException refusal = await Assert.ThrowsAsync<WebSocketException>(
            () => HubClient.ConnectAsync(_console.Client.BaseAddress!, "Cookie", cookie, origin: "https://elsewhere.example"));

        Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caseQueued")]
    [InlineData("OnConnectedAsync")]
    [InlineData("Dispose")]
    [InlineData("anything")]
    public async Task Client_ThatCallsTheHub_IsToldThatThereIsNothingToCall(string method)
    {
        await using HubClient client = await _console.HearAsync(Permission.ReadCases);

        await client.SendAsync($$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[]}""");

        System.Text.Json.Nodes.JsonNode answer = await client.NextAsync();
        Assert.Equal(3, answer["type"]!.GetValue<int>());
        Assert.Contains("does not exist", answer["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hub_OffersNoMethodToClients() =>
        Assert.All(
            typeof(CaseHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly),
            method => Assert.Equal(typeof(Hub), method.GetBaseDefinition().DeclaringType));

    private Task<WebSocketException> Refused(string header, string value) =>
        Assert.ThrowsAsync<WebSocketException>(() => HubClient.ConnectAsync(_console.Client.BaseAddress!, header, value));
}
