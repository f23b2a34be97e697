using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Intake.Arrivals;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Faults;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>A node is killed with a delivery in the air, a still half drawn and items promised that have no case; another stands beside it. Beside other tests, since it mostly waits.</summary>
public sealed class DeadNodeWorkTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_KilledInTheMiddleOfADeliveryAStillAndItemsItPromised_IsFollowedByTheOtherWhichDoesEachOnce()
    {
        await using FaultScene scene = await FaultScene.SetAsync(postgres);
        scene.Receiver.Hang();
        string drawing = Path.Combine(scene.Root, "drawing");
        Dictionary<string, string> drawsForEver = new() { ["Media:FfmpegPath"] = await ScriptAsync(scene, drawing), ["Media:Sandbox"] = "Off", ["Media:RenderTimeoutSeconds"] = "60" };
        ConsoleServer node = scene.Launch(new Load(scene.Journal) { Moderators = 1, PauseMs = 0, Steady = true }, drawsForEver);
        ConsoleServer other = scene.Launch();
        using SendingPlatform platform = new(1) { ApiKey = scene.ApiKey, Console = await node.ListensAsync() };
        await other.ListensAsync();
        // So that all of it is begun by the one that is killed.
        other.Freeze();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        await platform.PostAsync(limit.Token, scene.Media.File("/1.jpg", await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel)));
        await scene.UntilAsync("the still is being drawn", _ => Task.FromResult(File.Exists(drawing)));
        await scene.Receiver.ArrivedAsync();
        EnforcementAction sending = await scene.ReadAsync(db => db.Set<EnforcementAction>().AsNoTracking().SingleAsync(Cancel));
        MediaObject drawn = await scene.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().SingleAsync(Cancel));
        Assert.Equal((EnforcementState.Delivering, MediaState.Pending), (sending.State, drawn.State));
        Assert.Single(scene.Receiver.Received);
        List<string> promised = [];
        await using (await ((SceneServer)scene.Store).HoldUpAsync("item_version"))
        {
            for (int request = 0; request < 5; request++)
            {
                promised.AddRange(await platform.PromiseAsync(3, limit.Token));
            }

            await scene.UntilAsync("the first of them are being taken in", _ => Task.FromResult(scene.Ask(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") is > 0L));
            Assert.Equal(5, await scene.ReadAsync(db => db.Set<Arrival>().CountAsync(Cancel)));
            scene.Receiver.AnswerWith(200);
            node.Kill();
            await node.EndsAsync();
        }

        other.Thaw();

        await scene.UntilAsync("the action is delivered", db => db.Set<EnforcementAction>().AnyAsync(row => row.State == EnforcementState.Delivered, Cancel));
        await scene.UntilAsync("the still is drawn", db => db.Set<MediaObject>().AnyAsync(row => row.State == MediaState.Ready, Cancel));
        await scene.UntilAsync("all that was promised is taken in", async db => !await db.Set<Arrival>().AnyAsync(Cancel));
        EnforcementAction sent = await scene.ReadAsync(db => db.Set<EnforcementAction>().AsNoTracking().SingleAsync(Cancel));
        MediaObject ready = await scene.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().SingleAsync(Cancel));

        // Long before what was begun would have been taken up for its age alone.
        Assert.True(sent.EndedAt < sending.HeldUntil, $"Delivered at {sent.EndedAt}, after {sending.HeldUntil}.");
        Assert.True(TimeProvider.System.GetUtcNow() < drawn.NextAttemptAt);
        Assert.Equal((2, 2), (sent.Attempts, scene.Receiver.Received.Count));
        Assert.Single(scene.Receiver.Received.Select(call => (call.Id, call.Text)).Distinct());
        Assert.Equal(sending.Id.ToString(), scene.Receiver.Received.First().Id);
        Assert.Equal(1, await scene.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.ActionDelivered, Cancel)));
        string[] judged = await scene.ReadAsync(db => (
            from about in db.Set<Case>()
            join item in db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where promised.Contains(item.ItemId)
            select item.ItemId).ToArrayAsync(Cancel));
        Assert.Equal(promised.Order(), judged.Order());
        Assert.Equal(
            (0, 0),
            await scene.ReadAsync(async db => (await db.Set<SetAsideArrival>().CountAsync(Cancel), await db.Set<CaseEvent>().CountAsync(row => row.Kind == CaseEventKind.ItemSentAgain, Cancel))));
        Assert.True(new MediaFiles(scene.Data).HasStill(ready.Sha256!));
        Assert.Empty(await new MediaFiles(scene.Data).BrokenAsync(Cancel));
    }

    private static async Task<string> ScriptAsync(FaultScene scene, string drawing)
    {
        string path = Path.Combine(scene.Root, "draws-for-ever");
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n: > '{drawing}'\nexec sleep 60\n", Cancel);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
