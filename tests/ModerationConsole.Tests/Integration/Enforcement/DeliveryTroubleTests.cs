using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Integration.Decisions;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Enforcement;

/// <summary>Platforms that hang, fail, answer too late or must not be reached.</summary>
public sealed class DeliveryTroubleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PlatformHangs_IsGivenUpAfterTenSecondsAndTriedAgainUnderTheSameId()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DueAsync(platform);
        platform.Hang();

        Task<int> sending = DeliveryTests.RunAsync(desk);
        await platform.ArrivedAsync();
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(10));
        await sending;

        EnforcementAction row = Assert.Single(await desk.OrderedAsync());
        Assert.Equal((EnforcementState.Pending, "timeout"), (row.State, row.LastProblem));
        platform.AnswerWith(204);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(10));
        await DeliveryTests.RunAsync(desk);
        Assert.Equal(EnforcementState.Delivered, Assert.Single(await desk.OrderedAsync()).State);
        Assert.Single(platform.Received.Select(webhook => (webhook.Id, webhook.Text)).Distinct());
    }

    [Fact]
    public async Task PlatformAnswersAfterTheClientGaveUp_SeesOneIdHoweverOftenItIsCalled()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DueAsync(platform);
        HashSet<string> effects = [];
        TaskCompletionSource late = new(TaskCreationOptions.RunContinuationsAsynchronously);
        platform.Answer = async context =>
        {
            await late.Task;
            lock (effects)
            {
                effects.Add(context.Request.Headers["Webhook-Id"].ToString());
            }
        };
        Task<int> sending = DeliveryTests.RunAsync(desk);
        await platform.ArrivedAsync();
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(10));
        await sending;

        late.SetResult();
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await DeliveryTests.RunAsync(desk));

        Assert.Equal(2, platform.Received.Count);
        lock (effects)
        {
            Assert.Single(effects);
        }
    }

    [Fact]
    public async Task PlatformAnswers500ForAMinute_IsTriedMoreRarelyUntilItWorks()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DueAsync(platform);
        platform.AnswerWith(500);
        DateTimeOffset well = desk.Console.Clock.GetUtcNow().AddMinutes(1);

        while (Assert.Single(await desk.OrderedAsync()).State != EnforcementState.Delivered)
        {
            if (desk.Console.Clock.GetUtcNow() >= well)
            {
                platform.AnswerWith(200);
            }

            await DeliveryTests.RunAsync(desk);
            desk.Console.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(desk.Console.Clock.GetUtcNow() < well.AddMinutes(5), "It was not tried again in time.");
        }

        Assert.InRange(platform.Received.Count, 4, 5);
        Assert.Single(platform.Received.Select(webhook => webhook.Id).Distinct());
    }

    [Fact]
    public async Task PlatformNeverAccepts_FailsAfterTenTries()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DueAsync(platform);
        platform.AnswerWith(404);

        for (int hour = 0; hour < 14; hour++)
        {
            await DeliveryTests.RunAsync(desk);
            desk.Console.Clock.Advance(TimeSpan.FromMinutes(73));
        }

        EnforcementAction row = Assert.Single(await desk.OrderedAsync());
        Assert.Equal((EnforcementState.Failed, 10, 404, "http-404"), (row.State, row.Attempts, row.LastStatus, row.LastProblem));
        Assert.Equal(10, platform.Received.Count);
        Assert.Equal(1, await desk.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Act == AuditAct.ActionFailed, Cancel)));
    }

    [Fact]
    public async Task PlatformSaysGone_FailsAtOnce()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DueAsync(platform);
        platform.AnswerWith(410);

        await DeliveryTests.RunAsync(desk);

        Assert.Equal((EnforcementState.Failed, 1), (Assert.Single(await desk.OrderedAsync()).State, platform.Received.Count));
    }

    [Fact]
    public async Task PlatformRedirects_IsNotFollowed()
    {
        await using WebhookReceiver elsewhere = await WebhookReceiver.StartAsync();
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DueAsync(platform);
        platform.Answer = context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = elsewhere.Address;
            return Task.CompletedTask;
        };

        await DeliveryTests.RunAsync(desk);

        Assert.Empty(elsewhere.Received);
        Assert.Equal("http-307", Assert.Single(await desk.OrderedAsync()).LastProblem);
    }

    [Fact]
    public async Task PlatformAsksToWait_IsGivenThatTime()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DueAsync(platform);
        platform.Answer = context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        };

        await DeliveryTests.RunAsync(desk);

        Assert.Equal(desk.Console.Clock.GetUtcNow().AddSeconds(120), Assert.Single(await desk.OrderedAsync()).NotBefore);
    }

    [Theory]
    [InlineData("http://localhost:1/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://[::ffff:10.0.0.1]/hook")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    public async Task PrivateAddressThatNobodyNamed_IsNeverReached(string address)
    {
        await using DecisionDesk desk = await DecisionDesk.OpenAsync();
        ActionDefinition remove = await desk.Console.ActionAsync(address);
        await desk.DecideAsync(Core.Decisions.Verdict.Violation, new ActionOrder(remove.Id));
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));

        await DeliveryTests.RunAsync(desk);

        Assert.Equal("address-refused", Assert.Single(await desk.OrderedAsync()).LastProblem);
    }

    [Fact]
    public async Task AddressWithoutTlsThatIsNoLongerNamed_IsNotEvenLookedUp()
    {
        // It was named when the action was saved; the settings have changed since.
        await using TestConsole console = await TestConsole.StartAsync(
            configure: services => services.AddSingleton<HostResolver>((_, _) => throw new SocketException((int)SocketError.HostNotFound)));
        DecisionDesk desk = await DecisionDesk.OpenAsync(console: console);
        ActionDefinition remove = await console.ActionAsync("http://platform.example/hook");
        await desk.DecideAsync(Core.Decisions.Verdict.Violation, new ActionOrder(remove.Id));
        console.Clock.Advance(TimeSpan.FromSeconds(20));

        await DeliveryTests.RunAsync(desk);

        Assert.Equal("address-refused", Assert.Single(await desk.OrderedAsync()).LastProblem);
    }

    [Fact]
    public async Task NameThatStandsForAPrivateAddress_IsRefusedWhenTheConnectionIsMade()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        int port = new Uri(platform.Address).Port;
        const string name = "platform.example";
        // On the list, so that it needs no TLS; but what is named is the name, not the address it turns out to stand for.
        await using TestConsole console = await TestConsole.StartAsync(
            new() { ["Webhooks:AllowedHosts:0"] = $"{name}:{port}" },
            services => services.AddSingleton<HostResolver>((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])));
        DecisionDesk desk = await DecisionDesk.OpenAsync(console: console);
        ActionDefinition remove = await desk.Console.ActionAsync($"http://{name}:{port}/hook");
        await desk.DecideAsync(Core.Decisions.Verdict.Violation, new ActionOrder(remove.Id));
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));

        await DeliveryTests.RunAsync(desk);

        Assert.Equal("address-refused", Assert.Single(await desk.OrderedAsync()).LastProblem);
        Assert.Empty(platform.Received);
    }

    [Fact]
    public async Task NodeDiedBetweenTakingAndHearing_AnotherSendsAgainUnderTheSameId()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DueAsync(platform);
        IReadOnlyList<TakenDelivery> taken = await desk.Console.Get<DeliveryDesk>().TakeAsync(10, 10, new Dictionary<string, int>(), Cancel);
        await desk.Console.Get<WebhookSender>().SendAsync(taken[0].Id, taken[0].Address, taken[0].Body, Cancel);
        // Here the node dies: the platform was told, but no answer was written down.
        await desk.Console.RestartAsync();

        Assert.Equal(0, await DeliveryTests.RunAsync(desk));
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(1, await DeliveryTests.RunAsync(desk));

        Assert.Equal(2, platform.Received.Count);
        Assert.Single(platform.Received.Select(webhook => (webhook.Id, webhook.Text)).Distinct());
        Assert.Equal((EnforcementState.Delivered, 2), (Assert.Single(await desk.OrderedAsync()).State, (await desk.OrderedAsync())[0].Attempts));
    }

    [Fact]
    public async Task AnswerOfATryThatWasTakenOver_ChangesNothing()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using DecisionDesk desk = await DueAsync(platform);
        DeliveryDesk node = desk.Console.Get<DeliveryDesk>();
        TakenDelivery slow = (await node.TakeAsync(10, 10, new Dictionary<string, int>(), Cancel))[0];
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(31));
        TakenDelivery second = (await node.TakeAsync(10, 10, new Dictionary<string, int>(), Cancel))[0];

        await node.RecordAsync(slow, new SendResult(410, "http-410"), Cancel);
        Assert.Equal(EnforcementState.Delivering, Assert.Single(await desk.OrderedAsync()).State);
        await node.RecordAsync(second, new SendResult(200, null), Cancel);

        Assert.Equal(EnforcementState.Delivered, Assert.Single(await desk.OrderedAsync()).State);
    }

    [Fact]
    public async Task OneAddressThatHangs_DoesNotKeepTheOthersWaiting()
    {
        await using WebhookReceiver hanging = await WebhookReceiver.StartAsync();
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        hanging.Hang();
        await using TestConsole console = await TestConsole.StartAsync(
            new() { ["Webhooks:AllowedHosts:0"] = hanging.Host, ["Webhooks:AllowedHosts:1"] = platform.Host });
        ActionDefinition stuck = await console.ActionAsync(hanging.Address);
        ActionDefinition fine = await console.ActionAsync(platform.Address);
        await console.WriteAsync(scope =>
        {
            for (int number = 0; number < 101; number++)
            {
                ActionDefinition action = number < 100 ? stuck : fine;
                scope.Db.Add(new EnforcementAction { ActionId = action.Id, CallbackUrl = action.CallbackUrl, NotBefore = scope.Now.AddSeconds(number - 200) });
            }

            return Task.FromResult(0);
        });
        DeliveryDesk node = console.Get<DeliveryDesk>();

        IReadOnlyList<TakenDelivery> first = await node.TakeAsync(32, 8, new Dictionary<string, int>(), Cancel);
        Dictionary<string, int> underWay = first.CountBy(row => row.Address).ToDictionary();
        IReadOnlyList<TakenDelivery> second = await node.TakeAsync(24, 8, underWay, Cancel);

        Assert.Equal(8, first.Count);
        Assert.Equal(fine.CallbackUrl, Assert.Single(second).Address);
    }

    [Fact]
    public async Task RunningConsole_SendsByItselfWhatIsDue()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using TestConsole console = await TestConsole.StartAsync(
            platform.Settings, services => services.AddSingleton(TimeProvider.System));
        ActionDefinition action = await console.ActionAsync(platform.Address);
        DeliverActions deliveries = console.Get<DeliverActions>();
        await deliveries.StartAsync(Cancel);
        await console.WriteAsync(scope =>
        {
            scope.Db.Add(new EnforcementAction { ActionId = action.Id, CallbackUrl = action.CallbackUrl, NotBefore = scope.Now });
            return Task.FromResult(0);
        });

        await platform.ArrivedAsync();
        await deliveries.StopAsync(Cancel);

        Assert.Equal(EnforcementState.Delivered, await console.ReadAsync(db => db.Set<EnforcementAction>().Select(row => row.State).SingleAsync(Cancel)));
    }

    private static async Task<DecisionDesk> DueAsync(WebhookReceiver platform)
    {
        DecisionDesk desk = await DecisionDesk.OpenAsync(settings: platform.Settings);
        await DeliveryTests.OrderAsync(desk, platform);
        desk.Console.Clock.Advance(TimeSpan.FromSeconds(20));
        return desk;
    }
}
