using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Tests.Support.Faults;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>What the platform is told when the console or the platform itself is gone for a while: once, under one id.</summary>
[Collection(FaultCollection.Name)]
public sealed class DeliveryFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_KilledBetweenDecisionAndDelivery_DeliversOnceAfterItsStart()
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        Dictionary<string, string> window = new() { ["Enforcement:UndoSeconds"] = "3" };
        ConsoleServer server = await scene.StartAsync(new Load(scene.Journal) { Moderators = 1, PauseMs = 0, Steady = true }, window);
        using SendingPlatform platform = new(1) { Console = await server.Address };
        await platform.PostAsync(Cancel);
        await scene.NotedAsync("decided", 1);
        server.Kill();
        await server.EndsAsync();
        Assert.Empty(scene.Receiver.Received);

        await scene.StartAsync();
        await DeliveredAsync(scene);

        Assert.Equal((string?)scene.Ask("SELECT lower(Id) FROM enforcement_action"), Assert.Single(scene.Receiver.Received).Id);
    }

    [Fact]
    public async Task Platform_DownForAWhile_IsToldOnceUnderTheSameId()
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        ConcurrentQueue<bool> effects = [];
        scene.Receiver.Answer = context =>
        {
            // Down: the line is cut before an answer.
            if (scene.Receiver.Received.Count < 2)
            {
                context.Abort();
            }
            else
            {
                effects.Enqueue(true);
            }

            return Task.CompletedTask;
        };
        ConsoleServer server = await scene.StartAsync(new Load(scene.Journal) { Moderators = 1, PauseMs = 0, Steady = true });
        using SendingPlatform platform = new(1) { Console = await server.Address };
        await platform.PostAsync(Cancel);
        await scene.NotedAsync("decided", 1);

        await DeliveredAsync(scene);

        Assert.Single(effects);
        Assert.Single(scene.Receiver.Received.Select(call => call.Id).Distinct());
        Assert.Single(scene.Receiver.Received.Select(call => call.Text).Distinct());
    }

    private static Task DeliveredAsync(FaultScene scene) =>
        scene.UntilAsync("the action is delivered", db => db.Set<EnforcementAction>().AnyAsync(row => row.State == EnforcementState.Delivered, Cancel));
}
