using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Integration.Enforcement;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Nodes;

/// <summary>What a node had begun goes on elsewhere soon after it died, and never while it lives.</summary>
public sealed class NodePresenceTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    // Longer than any work may last.
    private static readonly TimeSpan s_hold = TimeSpan.FromHours(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WorkOfANodeThatDied_IsTakenElsewhereOnceItIsKnownDead()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        await TogetherAsync(room);
        await ArrangeAsync(room.One);
        TakenDelivery first = Assert.Single(await TakeAsync(room.One));
        MediaClaim drawing = Assert.Single(await ClaimAsync(room.One));

        // The first node is never heard of again.
        await PassAsync(room.Other, 9);
        Assert.Equal((0, 0), ((await TakeAsync(room.Other)).Count, (await ClaimAsync(room.Other)).Count));
        await PassAsync(room.Other, 2);

        TakenDelivery second = Assert.Single(await TakeAsync(room.Other));
        Assert.Equal((first.Id, first.Body, 2), (second.Id, second.Body, second.Attempt));
        MediaClaim again = Assert.Single(await ClaimAsync(room.Other));
        Assert.Equal((drawing.Id, 2), (again.Id, again.Attempt));
    }

    [Fact]
    public async Task WorkOfANodeThatLives_IsLeftAlone_HoweverLongItLasts()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        await TogetherAsync(room);
        await ArrangeAsync(room.One);
        Assert.Single(await TakeAsync(room.One));
        Assert.Single(await ClaimAsync(room.One));

        for (int passed = 0; passed < 25; passed++)
        {
            await PassAsync(room.One, 1);
            await PassAsync(room.Other, 1);
        }

        Assert.Equal((0, 0), ((await TakeAsync(room.Other)).Count, (await ClaimAsync(room.Other)).Count));
    }

    [Fact]
    public async Task NodeThatShowsNoLife_GivesItsWorkUpBeforeAnyOtherMayTakeIt()
    {
        await using WebhookReceiver platform = await WebhookReceiver.StartAsync();
        await using NodeRoom room = await NodeRoom.OnAsync(server, platform.Settings);
        TestConsole node = room.One;
        await TogetherAsync(room);
        await ArrangeAsync(node, platform.Address);
        platform.Hang();
        MediaClaim claim = Assert.Single(await ClaimAsync(node));
        Task<int> sending = node.Get<DeliverActions>().RunOnceAsync(Cancel);
        await platform.ArrivedAsync();

        node.Clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal((false, false), (sending.IsCompleted, claim.Over.IsCancellationRequested));
        // Before a try would be given up for its own sake.
        node.Clock.Advance(TimeSpan.FromSeconds(2));
        await sending.WaitAsync(TimeSpan.FromSeconds(20), Cancel);

        Assert.True(claim.Over.IsCancellationRequested);
        Assert.Null(node.Get<NodePresence>().Term);
        EnforcementAction row = await node.ReadAsync(db => db.Set<EnforcementAction>().SingleAsync(Cancel));
        Assert.Equal((EnforcementState.Delivering, 1, null), (row.State, row.Attempts, row.LastProblem));
    }

    [Fact]
    public async Task NodeThatWakesAfterItWasStruckOff_GoesOnUnderAnotherName()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        await TogetherAsync(room);
        Guid before = room.One.Get<NodePresence>().Term!.Holder;
        await PassAsync(room.Other, 11);
        Assert.Equal(1, await NodesAsync(room.Other));

        // Its own stopwatch stood still with it.
        await room.One.Get<NodePresence>().LookAsync(Cancel);

        Assert.NotEqual(before, room.One.Get<NodePresence>().Term!.Holder);
        Assert.Equal(2, await NodesAsync(room.Other));
    }

    [Fact]
    public async Task NodeThatSawNothingItself_StrikesNobodyOff()
    {
        await using NodeRoom room = await NodeRoom.OnAsync(server);
        await TogetherAsync(room);

        // The server was away for both, and comes back to this one a moment earlier.
        room.Other.Clock.Advance(TimeSpan.FromSeconds(30));
        await room.Other.Get<NodePresence>().LookAsync(Cancel);

        Assert.Equal(2, await NodesAsync(room.Other));
    }

    [Fact]
    public async Task WorkOfAProcessThatDied_OverOneFile_IsTakenElsewhereAtTheNextLook()
    {
        await using NodeRoom room = await NodeRoom.OnSqliteAsync();
        await TogetherAsync(room);
        await ArrangeAsync(room.One);
        Assert.Single(await TakeAsync(room.One));
        Assert.Single(await ClaimAsync(room.One));
        await PassAsync(room.Other, 60);
        Assert.Empty(await ClaimAsync(room.Other));

        // The machine closes the files of a process that dies.
        room.One.Get<NodePresence>().Dispose();
        await PassAsync(room.Other, 1);

        Assert.Equal((1, 1), ((await TakeAsync(room.Other)).Count, (await ClaimAsync(room.Other)).Count));
    }

    private static async Task TogetherAsync(NodeRoom room)
    {
        await room.One.Get<NodePresence>().LookAsync(Cancel);
        await room.Other.Get<NodePresence>().LookAsync(Cancel);
    }

    private static async Task PassAsync(TestConsole node, int seconds)
    {
        for (int passed = 0; passed < seconds; passed++)
        {
            node.Clock.Advance(s_second);
            await node.Get<NodePresence>().LookAsync(Cancel);
        }
    }

    private static Task<bool> ArrangeAsync(TestConsole node, string address = "https://platform.example/hook") => node.WriteAsync(scope =>
    {
        scope.Db.Add(new ActionDefinition { Id = "act_node", Name = "Remove the post" });
        scope.Db.Add(new EnforcementAction { ActionId = "act_node", CallbackUrl = address, CreatedAt = scope.Now, NotBefore = scope.Now });
        scope.Db.Add(new MediaObject { SourceUrl = "https://platform.example/1.jpg", CreatedAt = scope.Now, NextAttemptAt = scope.Now });
        return Task.FromResult(true);
    });

    private static Task<IReadOnlyList<TakenDelivery>> TakeAsync(TestConsole node) =>
        node.Get<DeliveryDesk>().TakeAsync(10, 10, new Dictionary<string, int>(), Cancel);

    private static Task<IReadOnlyList<MediaClaim>> ClaimAsync(TestConsole node) =>
        node.WriteAsync(scope => scope.ClaimMediaAsync(4, s_hold, Cancel, node.Get<NodePresence>().Term));

    private static Task<int> NodesAsync(TestConsole node) =>
        node.ReadAsync(db => db.Set<NodeLease>().CountAsync(row => row.Name.StartsWith("node:"), Cancel));
}
