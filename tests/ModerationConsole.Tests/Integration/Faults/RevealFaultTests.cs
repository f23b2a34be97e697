using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Faults;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>The program dies in the moment in which someone sees something: that they saw it is in the audit all the same.</summary>
[Collection(FaultCollection.Name)]
public sealed class RevealFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_KilledAtTheFirstByteOfAReveal_HasTheRevealInTheAudit()
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        using SendingPlatform platform = new(1) { Console = await (await scene.StartAsync()).Address };
        string picture = scene.Media.File("/seen.jpg", await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel));
        for (int i = 0; i < 12; i++)
        {
            await platform.PostAsync(Cancel, picture);
        }

        await scene.UntilAsync("all of it is drawn", async db => await db.Set<MediaObject>().AllAsync(row => row.Ladder == LadderState.Ready, Cancel));
        await StopAsync(scene);

        for (int kill = 1; kill <= 3; kill++)
        {
            int served = Journal.Read(scene.Journal, "served").Count;
            ConsoleServer server = await scene.StartAsync(new Load(scene.Journal) { Moderators = 2, PauseMs = 0, Seed = kill });
            await scene.NotedAsync("served", served + 1);
            server.Kill();
            await server.EndsAsync();
        }

        await scene.StartAsync();
        await Aftermath.SettledAsync(scene);
        await StopAsync(scene);
        Assert.Empty(await new Aftermath(scene, platform).ProblemsAsync(scene.Journal));
    }

    private static async Task StopAsync(FaultScene scene)
    {
        scene.Server.Terminate();
        Assert.Equal(0, await scene.Server.EndsAsync(TimeSpan.FromSeconds(20)));
    }
}
