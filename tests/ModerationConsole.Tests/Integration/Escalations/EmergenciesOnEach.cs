using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Enforcement;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations;

/// <summary>Emergencies: who is rung and when, which authority was told, and that nothing waits. The same on each database.</summary>
public abstract partial class EmergenciesOnEach(IDatabaseServer server)
{
    private const string Secret = "whsec_b25jYWxsLXNlY3JldC1vbmNhbGwtc2VjcmV0";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Emergency_Raised_RingsOnceSignedAndWithoutContent()
    {
        await using WebhookReceiver onCall = await WebhookReceiver.StartAsync();
        await using TestConsole console = await StartAsync(onCall);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);

        long number = await room.AlarmAsync();
        Assert.Equal(1, await RingAsync(console));
        Assert.Equal(0, await RingAsync(console));

        ReceivedWebhook call = Assert.Single(onCall.Received);
        JsonElement body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal(
            ("emergency.raised", number, 15d, $"https://console.test/escalations/{number}"),
            (body.GetProperty("type").GetString(), body.GetProperty("emergency").GetInt64(), body.GetProperty("minutesLeft").GetDouble(), body.GetProperty("link").GetString()));
        Assert.Equal(["dueAt", "emergency", "link", "minutesLeft", "raisedAt", "type"], body.EnumerateObject().Select(part => part.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("NEVER-LEAVES", call.Text, StringComparison.Ordinal);
        byte[] key = Convert.FromBase64String(Secret["whsec_".Length..]);
        byte[] signed = [.. System.Text.Encoding.UTF8.GetBytes($"{call.Id}.{call.Headers["Webhook-Timestamp"]}."), .. call.Body];
        Assert.Equal("v1," + Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(key, signed)), call.Headers["Webhook-Signature"]);
        Assert.Equal((InboxKind.EmergencyRaised, (long?)number, "Raised"), Assert.Single((await room.InboxAsync(room.First)).Select(entry => (entry.Kind, entry.TaskNumber, entry.Subject))));
        AlertLine alert = Assert.Single((await room.ReadAsync(room.First, number))!.Alerts);
        Assert.Equal((AlertKind.Raised, AlertState.Accepted, 1, (DateTimeOffset?)console.Clock.Now()), (alert.Kind, alert.State, alert.Attempts, alert.EndedAt));
    }

    [Fact]
    public async Task Receiver_ThatRefuses_IsRungUnderTheSameIdUntilItTakesIt()
    {
        await using WebhookReceiver onCall = await WebhookReceiver.StartAsync();
        await using TestConsole console = await StartAsync(onCall);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        await room.AlarmAsync();
        onCall.AnswerWith(503);
        for (int tries = 1; tries <= 14; tries++)
        {
            Assert.Equal(1, await RingAsync(console));
            // Never more than half a minute apart.
            console.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        onCall.AnswerWith(200);
        Assert.Equal(1, await RingAsync(console));

        Assert.Equal((15, 1), (onCall.Received.Count, onCall.Received.Select(call => call.Id).Distinct().Count()));
        Assert.Equal(AlertState.Accepted, (await AlertsAsync(console)).Single().State);
    }

    [Fact]
    public async Task Emergency_Answered_RingsNobodyAnyMore()
    {
        await using WebhookReceiver onCall = await WebhookReceiver.StartAsync();
        await using TestConsole console = await StartAsync(onCall);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        await room.AlarmAsync();
        onCall.AnswerWith(500);
        await RingAsync(console);

        await room.RuleAsync(room.First, Verdict.Allow);
        console.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(0, await RingAsync(console));
        await console.Get<WatchEmergencyClocks>().RunOnceAsync(Cancel);

        Assert.Single(onCall.Received);
        Assert.Equal(AlertState.Stopped, Assert.Single(await AlertsAsync(console)).State);
        Assert.Empty(await room.InboxAsync(room.Second));
    }

    [Fact]
    public async Task Clock_AtHalfAndFourFifths_TellsOnceEach()
    {
        await using WebhookReceiver onCall = await WebhookReceiver.StartAsync();
        await using TestConsole console = await StartAsync(onCall);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AlarmAsync();
        await RingAsync(console);
        WatchEmergencyClocks watch = console.Get<WatchEmergencyClocks>();

        console.Clock.Advance(TimeSpan.FromSeconds(449));
        await watch.RunOnceAsync(Cancel);
        Assert.Single(await AlertsAsync(console));
        console.Clock.Advance(TimeSpan.FromSeconds(1));
        // Two nodes that look at once, and one that was started again.
        await Task.WhenAll(watch.RunOnceAsync(Cancel), watch.RunOnceAsync(Cancel));
        await console.RestartAsync();
        await console.Get<WatchEmergencyClocks>().RunOnceAsync(Cancel);
        Assert.Equal([AlertKind.Raised, AlertKind.HalfGone], (await AlertsAsync(console)).Select(alert => alert.Kind));
        Assert.Equal("HalfGone", Assert.Single(await room.InboxAsync(room.First)).Subject);
        console.Clock.Advance(TimeSpan.FromSeconds(270));
        await console.Get<WatchEmergencyClocks>().RunOnceAsync(Cancel);
        await console.Get<WatchEmergencyClocks>().RunOnceAsync(Cancel);
        await RingAsync(console);

        Assert.Equal([AlertKind.Raised, AlertKind.HalfGone, AlertKind.NearlyGone], (await AlertsAsync(console)).Select(alert => alert.Kind));
        Assert.Equal(
            ["emergency.raised", "emergency.half", "emergency.late"],
            onCall.Received.Select(call => JsonDocument.Parse(call.Body).RootElement.GetProperty("type").GetString()).OrderByDescending(type => type == "emergency.raised").ThenByDescending(type => type == "emergency.half"));
        Assert.Equal(number, Assert.Single(await room.InboxAsync(room.First)).TaskNumber);
    }

    [Fact]
    public async Task Emergency_SaidToBeSeen_AlertsNobodyOfItsClockAndRunsOn()
    {
        await using WebhookReceiver onCall = await WebhookReceiver.StartAsync();
        await using TestConsole console = await StartAsync(onCall);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AlarmAsync();
        onCall.AnswerWith(503);
        await RingAsync(console);
        Assert.True((await room.ReadAsync(room.First, number))!.MayAcknowledge);
        console.Clock.Advance(TimeSpan.FromMinutes(1));
        DateTimeOffset seen = console.Clock.Now();

        Assert.Equal(AcknowledgeOutcome.Acknowledged, await SeenAsync(console, room.First, number));
        Assert.Equal(AcknowledgeOutcome.AlreadyAcknowledged, await SeenAsync(console, room.Second, number));
        console.Clock.Advance(TimeSpan.FromMinutes(13));
        await console.Get<WatchEmergencyClocks>().RunOnceAsync(Cancel);
        await RingAsync(console);

        Assert.Single(onCall.Received);
        Assert.Equal(AlertState.Stopped, Assert.Single(await AlertsAsync(console)).State);
        EscalationView view = (await room.ReadAsync(room.Second, number))!;
        Assert.Equal((EscalationState.Open, (DateTimeOffset?)seen, false), (view.State, view.AcknowledgedAt, view.MayAcknowledge));
        Assert.Equal(1, await console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.EmergencyAcknowledged && row.ActorId == room.First.Id, Cancel)));
        await room.RuleAsync(room.First);
        Assert.Equal(AcknowledgeOutcome.NotThere, await SeenAsync(console, room.Second, number));
        Assert.Equal(AcknowledgeOutcome.NotThere, await SeenAsync(console, room.Second, await room.AskAsync()));
    }

    [Fact]
    public async Task Emergency_SaidToBeSeenByWhoRaisedIt_AlertsTheOthersOn()
    {
        await using TestConsole console = await StartAsync(null);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        long number = await room.AlarmAsync(by: room.First);

        Assert.False((await room.ReadAsync(room.First, number))!.MayAcknowledge);
        Assert.Equal(AcknowledgeOutcome.RaisedByCaller, await SeenAsync(console, room.First, number));
        Assert.Equal(AcknowledgeOutcome.Acknowledged, await SeenAsync(console, room.Second, number));
    }

    [Fact]
    public async Task NodeThatDiesWhileRinging_IsFollowedByAnotherUnderTheSameId()
    {
        await using WebhookReceiver onCall = await WebhookReceiver.StartAsync();
        await using TestConsole console = await StartAsync(onCall);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        await room.AlarmAsync();
        Guid dead = Guid.NewGuid();
        await console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<OnCallAlert>().SingleAsync(Cancel)).Begin(scope.Now.AddSeconds(30), dead);
            return 0;
        });
        Assert.Equal(0, await RingAsync(console));

        console.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, await RingAsync(console));

        Assert.Equal((AlertState.Accepted, 2), Assert.Single((await AlertsAsync(console)).Select(alert => (alert.State, alert.Attempts))));
    }

    [Fact]
    public async Task Console_WithoutReceiver_TellsInboxesAndSaysSo()
    {
        await using TestConsole console = await StartAsync(null);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);

        long number = await room.AlarmAsync(null);

        Assert.Equal(0, await RingAsync(console));
        Assert.Equal(AlertState.NoReceiver, Assert.Single((await room.ReadAsync(room.First, number))!.Alerts).State);
        Assert.Equal(InboxKind.EmergencyRaised, Assert.Single(await room.InboxAsync(room.Second)).Kind);
    }

    [Fact]
    public async Task Emergency_MovedToAnotherQueue_IsStillDecidedWithoutDelay()
    {
        await using TestConsole console = await StartAsync(null);
        ExpertRoom room = await ExpertRoom.OpenAsync(console);
        ActionDefinition remove = await console.ActionAsync(reversible: false);
        long number = await room.AlarmAsync();
        CaseQueue elsewhere = await console.QueueAsync([room.First]);
        await console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<ReviewTask>().SingleAsync(row => row.Number == number, Cancel)).MoveTo(elsewhere.Id);
            (await scope.Db.Set<WaitingTask>().SingleAsync(row => row.TaskNumber == number, Cancel)).QueueId = elsewhere.Id;
            return 0;
        });
        LeasedTask task = (await room.ClaimAsync(room.First)).Task!;

        Assert.True((await console.Use<GetDeskCase>().RunAsync(room.First, number, Cancel))!.AtOnce);

        DecideResult decided = await console.Use<DecideCase>().RunAsync(
            room.First, new DecideCommand(task.TaskNumber, task.Fence, Verdict.Violation) { Actions = [new(remove.Id)] }, Cancel);

        Assert.Equal((DecideOutcome.Decided, null), (decided.Outcome, decided.UndoUntil));
        EnforcementAction action = await console.ReadAsync(db => db.Set<EnforcementAction>().SingleAsync(Cancel));
        Assert.Equal(console.Clock.Now(), action.NotBefore);
    }

    private static Task<RecordAuthorityOutcome> TellAsync(
        TestConsole console, Caller caller, long number, string authority, DateTimeOffset at, Guid? by, string? reference) =>
        console.Use<RecordAuthority>().RunAsync(caller, number, authority, at, by, reference, Cancel);

    private static Task<AcknowledgeOutcome> SeenAsync(TestConsole console, Caller caller, long number) => console.Use<AcknowledgeEmergency>().RunAsync(caller, number, Cancel);

    private static Task<int> RingAsync(TestConsole console) => console.Get<RingOnCall>().RunOnceAsync(Cancel);

    private static Task<List<OnCallAlert>> AlertsAsync(TestConsole console) =>
        console.ReadAsync(db => db.Set<OnCallAlert>().AsNoTracking().OrderBy(row => row.CreatedAt).ToListAsync(Cancel));

    private async Task<TestConsole> StartAsync(WebhookReceiver? onCall)
    {
        Dictionary<string, string?> settings = await server.EmptyAsync();
        if (onCall is not null)
        {
            settings["Webhooks:AllowedHosts:0"] = onCall.Host;
            settings["OnCall:WebhookUrl"] = onCall.Address;
            settings["OnCall:Secret"] = Secret;
            settings["OnCall:ConsoleUrl"] = "https://console.test/";
        }

        return await TestConsole.StartAsync(settings);
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileEmergencyTests(SqliteFiles server) : EmergenciesOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresEmergencyTests(PostgresServer server) : EmergenciesOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerEmergencyTests(SqlServerDatabases server) : EmergenciesOnEach(server), IClassFixture<SqlServerDatabases>;
