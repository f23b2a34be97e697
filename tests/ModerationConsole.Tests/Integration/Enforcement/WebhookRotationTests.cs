using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Enforcement;

/// <summary>Other keys for webhooks, while deliveries go on.</summary>
public sealed class WebhookRotationTests(SqliteFiles server) : IClassFixture<SqliteFiles>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delivery_AfterARotation_IsSignedByBothUntilTheOverlapIsOver()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        WebhookKeyPair before = (await KeysAsync(desk.Console)).Current;
        await DeliveryTests.OrderAsync(desk, platform);
        desk.Console.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RotateWebhooksOutcome.Rotated, await RotateAsync(desk.Console, TimeSpan.FromDays(1)));

        Assert.Equal(1, await DeliveryTests.RunAsync(desk));

        WebhookKeySet set = await KeysAsync(desk.Console);
        Assert.Equal((before, desk.Console.Clock.GetUtcNow().AddDays(1)), (set.Old, set.OldUntil));
        Assert.NotEqual((before.Id, before.Secret), (set.Current.Id, set.Current.Secret));
        ReceivedWebhook call = Assert.Single(platform.Received);
        Assert.True(Holds(set.Current, call, "Coop-Signature"));
        Assert.True(Holds(before, call, "Coop-Signature-Previous"));
        Assert.False(Holds(before, call, "Coop-Signature"));
        Assert.Equal($"{Message(set.Current, call)} {Message(before, call)}", call.Headers["Webhook-Signature"]);

        desk.Console.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await KeysAsync(desk.Console)).Old);
        await desk.Console.WriteAsync(scope => scope.Db.Set<EnforcementAction>().ExecuteUpdateAsync(
            update => update.SetProperty(row => row.State, EnforcementState.Pending).SetProperty(row => row.NotBefore, scope.Now), Cancel));
        Assert.Equal(1, await DeliveryTests.RunAsync(desk));

        ReceivedWebhook later = platform.Received.Last();
        Assert.True(Holds(set.Current, later, "Coop-Signature"));
        Assert.False(later.Headers.ContainsKey("Coop-Signature-Previous"));
        Assert.Equal(Message(set.Current, later), later.Headers["Webhook-Signature"]);
    }

    [Fact]
    public async Task Rotation_OnOneNode_IsTakenUpByTheOtherWithinASecond()
    {
        Dictionary<string, string?> database = await server.EmptyAsync();
        await using TestConsole here = await TestConsole.StartAsync(database);
        database["Data:Directory"] = here.DataDirectory;
        await using TestConsole there = await TestConsole.StartAsync(database);
        string before = (await KeysAsync(there)).Current.Id;
        await RotateAsync(here, TimeSpan.FromDays(1));

        there.Clock.Advance(TimeSpan.FromSeconds(1));

        (WebhookKeySet one, WebhookKeySet other) = (await KeysAsync(here), await KeysAsync(there));
        Assert.Equal((one.Current.Id, before), (other.Current.Id, other.Old?.Id));
        Assert.NotEqual(before, one.Current.Id);
        Assert.Equal(one.Current.Secret, other.Current.Secret);
    }

    [Fact]
    public async Task Rotation_IsAuditedPublishedAndOneAtATimeUnlessItEndsTheFormerAtOnce()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        string first = (await KeysAsync(console)).Current.Id;
        Assert.Equal(RotateWebhooksOutcome.OverlapInvalid, await RotateAsync(console, TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1)));
        Assert.Equal(RotateWebhooksOutcome.OverlapInvalid, await RotateAsync(console, TimeSpan.FromSeconds(-1)));
        Assert.Equal(RotateWebhooksOutcome.Rotated, await RotateAsync(console, TimeSpan.FromDays(7)));
        string second = (await KeysAsync(console)).Current.Id;
        IReadOnlyList<PublishedKey> published = await console.Use<ReadWebhookPublicKeys>().RunAsync(Caller.System, Cancel);
        Assert.Equal([second, first], published.Select(key => key.Id));
        Assert.Equal([null, console.Clock.GetUtcNow().AddDays(7)], published.Select(key => key.Until));
        int files = Directory.GetFiles(Path.Combine(console.DataDirectory, "keys")).Length;
        console.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(RotateWebhooksOutcome.OverlapRunning, await RotateAsync(console, TimeSpan.FromDays(1)));
        Assert.Equal((second, files), ((await KeysAsync(console)).Current.Id, Directory.GetFiles(Path.Combine(console.DataDirectory, "keys")).Length));
        Assert.Equal(RotateWebhooksOutcome.Rotated, await RotateAsync(console, TimeSpan.Zero));

        WebhookKeySet last = await KeysAsync(console);
        Assert.Null(last.Old);
        Assert.Equal(
            [second, last.Current.Id],
            await console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == AuditAct.WebhookKeysRotated).OrderBy(row => row.At).Select(row => row.Subject).ToListAsync(Cancel)));
    }

    private static async Task<WebhookKeySet> KeysAsync(TestConsole console) => await console.Get<WebhookKeys>().GetAsync(Cancel);

    private static Task<RotateWebhooksOutcome> RotateAsync(TestConsole console, TimeSpan overlap) =>
        console.Use<RotateWebhookKeys>().RunAsync(Caller.System, overlap, Cancel);

    private static bool Holds(WebhookKeyPair keys, ReceivedWebhook call, string header)
    {
        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(keys.PublicKeyPem);
        return rsa.VerifyData(call.Body, Convert.FromBase64String(call.Headers[header]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string Message(WebhookKeyPair keys, ReceivedWebhook call)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{call.Id}.{call.Headers["Webhook-Timestamp"]}."), .. call.Body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(keys.Secret["whsec_".Length..]), signed));
    }
}
