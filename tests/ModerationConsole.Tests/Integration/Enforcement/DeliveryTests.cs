using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Enforcement;

public sealed class DeliveryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DecidedAction_AfterTheWindow_ReachesThePlatformOnceWithBothSignatures()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        await OrderAsync(desk, platform);

        Assert.Equal(0, await RunAsync(desk));
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, await RunAsync(desk));
        Assert.Equal(0, await RunAsync(desk));

        ReceivedWebhook webhook = Assert.Single(platform.Received);
        EnforcementAction row = Assert.Single(await desk.OrderedAsync());
        Assert.Equal((EnforcementState.Delivered, 200, 1), (row.State, row.LastStatus, row.Attempts));
        Assert.Equal(("POST", "application/json", row.Id.ToString()), (webhook.Method, webhook.Headers["Content-Type"], webhook.Id));
        WebhookKeyPair keys = (await desk.Console.Get<WebhookKeys>().GetAsync(Cancel)).Current;
        using RSA rsa = RSA.Create();
        rsa.ImportFromPem(keys.PublicKeyPem);
        Assert.Equal(2_048, rsa.KeySize);
        Assert.True(rsa.VerifyData(webhook.Body, Convert.FromBase64String(webhook.Headers["Coop-Signature"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.StartsWith("whsec_", keys.Secret, StringComparison.Ordinal);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{webhook.Id}.{webhook.Headers["Webhook-Timestamp"]}."), .. webhook.Body];
        Assert.Equal(
            "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(keys.Secret["whsec_".Length..]), signed)),
            webhook.Headers["Webhook-Signature"]);
        Assert.Equal(desk.Console.Clock.GetUtcNow().ToUnixTimeSeconds(), long.Parse(webhook.Headers["Webhook-Timestamp"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(AuditAct.ActionDelivered, await ActsAsync(desk));
    }

    [Fact]
    public async Task UndoneDecision_SendsNothingEver()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        DecideResult decided = await OrderAsync(desk, platform);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(UndoOutcome.Undone, (await desk.UndoAsync(decided.DecisionId)).Outcome);

        desk.Console.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(0, await RunAsync(desk));

        Assert.Empty(platform.Received);
    }

    [Fact]
    public async Task UndoAndDelivery_AtTheSameInstant_ExactlyOneWins()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        DecideResult decided = await OrderAsync(desk, platform);
        // The last instant of the window is also the first at which the action is due.
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));

        Task<int> sending = Task.Run(() => RunAsync(desk), Cancel);
        UndoResult undo = await desk.UndoAsync(decided.DecisionId);
        int sent = await sending;

        Assert.Equal(undo.Outcome == UndoOutcome.Undone ? 0 : 1, sent);
        Assert.Equal(sent, platform.Received.Count);
        Assert.Equal(sent == 1 ? EnforcementState.Delivered : EnforcementState.Cancelled, Assert.Single(await desk.OrderedAsync()).State);
    }

    [Fact]
    public async Task DeliveryBegunFirst_UndoAtTheSameInstantIsTooLate()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        DecideResult decided = await OrderAsync(desk, platform);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));

        await RunAsync(desk);

        Assert.Equal(UndoOutcome.TooLate, (await desk.UndoAsync(decided.DecisionId)).Outcome);
    }

    [Fact]
    public async Task UndoneFirst_DeliveryAtTheSameInstantFindsNothing()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        DecideResult decided = await OrderAsync(desk, platform);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(UndoOutcome.Undone, (await desk.UndoAsync(decided.DecisionId)).Outcome);

        Assert.Equal(0, await RunAsync(desk));
    }

    [Fact]
    public async Task Body_IsThePeersToTheLetter()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        Policy policy = await desk.Console.PolicyAsync(Severity.Low);
        ActionDefinition remove = await desk.Console.ActionAsync(platform.Address);
        string pseudonym = await desk.Console.WriteAsync(async scope =>
        {
            ActionDefinition row = await scope.Db.Set<ActionDefinition>().SingleAsync(action => action.Id == remove.Id, Cancel);
            row.CustomBody = """{"team":"é<b>","reason":"configured"}""";
            row.Parameters = """[{"name":"days","type":"Number","required":true}]""";
            scope.Db.Add(new Report
            {
                CaseNumber = desk.Case.Number,
                ReporterTypeId = "account",
                ReporterId = "u-12",
                Reason = "sells fake likes",
                ReportedAt = scope.Now,
                ReceivedAt = scope.Now,
            });
            return (await scope.Db.Set<Core.People.Moderator>().SingleAsync(person => person.Id == desk.Person.Id, Cancel)).Pseudonym;
        });
        string itemId = (await desk.Console.ReadAsync(db => db.Set<ItemVersion>().SingleAsync(Cancel))).ItemId;
        ActionOrder order = new(remove.Id, Parameters: new() { ["days"] = 7 });
        await desk.DecideAsync(desk.Command(Verdict.Violation, order) with
        {
            PolicyId = policy.Id,
            ReasonForUser = "Sells fake likes",
            InternalNote = "NEVER-LEAVES",
        });
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));

        await RunAsync(desk);

        string expected =
            $$$"""{"item":{"id":"{{{itemId}}}","typeId":"post","typeName":"Post"},"policies":[{"id":"{{{policy.Id}}}","name":"{{{policy.Name}}}","penalty":"LOW"}],"rules":[],"action":{"id":"{{{remove.Id}}}"},"custom":{"team":"é<b>","days":7,"reason":"sells fake likes","reportHistory":[{"reason":"sells fake likes","reporter":{"id":"u-12","typeId":"account"}}]},"actorEmail":"{{{pseudonym}}}","creator":{"id":"u-1","typeId":"account"},"decisionReason":"Sells fake likes","userStrikeCount":1}""";
        Assert.Equal(expected, Assert.Single(platform.Received).Text);
    }

    [Fact]
    public async Task InternalNote_NeverLeavesWithAnyTarget()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        ActionDefinition remove = await desk.Console.ActionAsync(platform.Address);
        ActionDefinition suspend = await desk.Console.ActionAsync(platform.Address, target: ActionTarget.Author);
        (Case other, _) = await desk.Console.CaseAsync(desk.Queue, itemId: "p-other");
        await desk.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new RelatedItem { CaseNumber = desk.Case.Number, ItemVersionId = other.ItemVersionId, Relation = ItemRelation.Additional });
            return Task.FromResult(0);
        });
        await desk.DecideAsync(desk.Command(
            Verdict.Violation, new ActionOrder(remove.Id), new ActionOrder(suspend.Id, ActionTarget.Author),
            new ActionOrder(remove.Id, ActionTarget.RelatedItem, new TargetItem("post", "p-other"))) with
        {
            ReasonForUser = "Told to the user",
            InternalNote = "NEVER-LEAVES",
        });
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(3, await RunAsync(desk));

        Assert.All(platform.Received, webhook =>
        {
            Assert.DoesNotContain("NEVER-LEAVES", webhook.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("NEVER-LEAVES", string.Join('\n', webhook.Headers.Values), StringComparison.Ordinal);
        });
        Assert.Equal(2, platform.Received.Count(webhook => webhook.Text.Contains("Told to the user", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ActionWithoutCallback_IsRecordedAndNothingIsSent()
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition label = await desk.Console.ActionAsync();
        await desk.DecideAsync(Verdict.Violation, new ActionOrder(label.Id));
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(0, await RunAsync(desk));

        Assert.Equal((EnforcementState.Delivered, null), (Assert.Single(await desk.OrderedAsync()).State, (await desk.OrderedAsync())[0].LastStatus));
    }

    [Fact]
    public async Task Keys_AreMadeOnceKeptAndReadableByTheOwnerOnly()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        (string pem, string secret) = await KeysAsync();

        await console.RestartAsync();

        Assert.Equal((pem, secret), await KeysAsync());
        string folder = Path.Combine(console.DataDirectory, "keys");
        string[] files = Directory.GetFiles(folder);
        Assert.Equal(2, files.Length);
        if (!OperatingSystem.IsWindows())
        {
            foreach (string file in files)
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        async Task<(string Pem, string Secret)> KeysAsync()
        {
            WebhookKeySet set = await console.Get<WebhookKeys>().GetAsync(Cancel);
            Assert.Null(set.Old);
            return (set.Current.PublicKeyPem, set.Current.Secret);
        }
    }

    internal static async Task<DecideResult> OrderAsync(DecisionDesk desk, WebhookReceiver platform)
    {
        ActionDefinition remove = await desk.Console.ActionAsync(platform.Address);
        DecideResult decided = await desk.DecideAsync(Verdict.Violation, new ActionOrder(remove.Id));
        Assert.Equal(DecideOutcome.Decided, decided.Outcome);
        return decided;
    }

    internal static Task<int> RunAsync(DecisionDesk desk) => desk.Console.Get<DeliverActions>().RunOnceAsync(Cancel);

    private static Task<List<AuditAct>> ActsAsync(DecisionDesk desk) =>
        desk.Console.ReadAsync(db => db.Set<AuditEntry>().Select(row => row.Act).ToListAsync(Cancel));
}
