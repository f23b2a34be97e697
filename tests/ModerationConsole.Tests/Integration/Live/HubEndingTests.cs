using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Live;

namespace ModerationConsole.Tests.Integration.Live;

/// <summary>How a connection ends that the server no longer wants.</summary>
public sealed class HubEndingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_WhoseAccessEndsOrShrinks_IsLetGoAtOnce()
    {
        await using WebConsole console = await WebConsole.StartAsync(new() { ["Security:RevalidateSeconds"] = "3600" });
        (Guid disabled, string disabledCookie) = await console.SignedInAsync(Roles.Lead);
        (Guid lessened, string lessenedCookie) = await console.SignedInAsync(Roles.Moderator, Permission.ChildSafety);
        (_, string otherCookie) = await console.SignedInAsync(Roles.Lead);
        await using HubClient first = await HubClient.ConnectAsync(console.Client.BaseAddress!, "Cookie", disabledCookie);
        await using HubClient second = await HubClient.ConnectAsync(console.Client.BaseAddress!, "Cookie", lessenedCookie);
        await using HubClient other = await HubClient.ConnectAsync(console.Client.BaseAddress!, "Cookie", otherCookie);
        CreatedKey bound = await console.KeyAsync(Permission.ReadCases);
        await using HubClient third = await HubClient.ConnectAsync(console.Client.BaseAddress!, "X-API-KEY", bound.Key);
        CreatedKey ending = await console.KeyAsync(wish => wish with { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(4) }, Permission.ReadCases);
        await using HubClient fourth = await HubClient.ConnectAsync(console.Client.BaseAddress!, "X-API-KEY", ending.Key);

        await console.Use<DisablePerson>().RunAsync(Caller.System, disabled, Cancel);
        await first.EndAsync();
        await console.Use<SetPermission>().RunAsync(Caller.System, lessened, Permission.ChildSafety, granted: false, Cancel);
        await second.EndAsync();
        await console.Use<ChangeApiKey>().RunAsync(Caller.System, bound.Id, "test", null, "203.0.113.0/24", Cancel);
        await third.EndAsync();
        await fourth.EndAsync();

        await console.PublishAsync(LiveKind.CaseChanged);
        Assert.Single(await other.UntilAsync(_ => true));
    }

    [Fact]
    public async Task Program_WhoseKeyIsRevoked_IsLetGoByTheRegularCheck()
    {
        await using WebConsole console = await WebConsole.StartAsync(new() { ["Security:RevalidateSeconds"] = "1" });
        CreatedKey key = await console.KeyAsync(Permission.ReadCases);
        await using HubClient client = await HubClient.ConnectAsync(console.Client.BaseAddress!, "X-API-KEY", key.Key);
        await using HubClient other = await console.HearAsync(Permission.ReadCases);

        await console.Use<RevokeApiKey>().RunAsync(Caller.System, key.Id, Cancel);

        await client.EndAsync();
        await console.PublishAsync(LiveKind.CaseChanged);
        Assert.Single(await other.UntilAsync(_ => true));
    }

    [Fact]
    public async Task Client_ThatStopsReading_IsLetGoAndHoldsUpNobody()
    {
        await using WebConsole console = await WebConsole.StartAsync();
        await using HubClient stuck = await console.HearAsync(Permission.ReadCases);
        await using HubClient reading = await console.HearAsync(Permission.ReadCases);
        CaseFeed feed = console.Services.GetRequiredService<CaseFeed>();
        const int Batch = 1_000;

        // More than a connection's buffers hold.
        for (long sequence = 1; sequence < 100_000; sequence += Batch)
        {
            feed.Publish([.. Enumerable.Range(0, Batch).Select(i => new OutboxEvent { Sequence = sequence + i, Kind = LiveKind.CaseChanged, CaseNumber = sequence + i })]);
            await reading.UntilAsync(call => call.CaseNumber == sequence + Batch - 1);
        }

        await stuck.EndAsync();
    }
}
