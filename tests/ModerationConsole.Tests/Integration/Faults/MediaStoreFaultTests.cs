using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Faults;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>The disk under the store of media fills, and the program is killed while media arrives.</summary>
[Collection(FaultCollection.Name)]
public sealed class MediaStoreFaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disk_FullUnderTheMedia_KeepsNobodyFromDecidingAndTheMediaComesWhenThereIsRoom()
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        using FullDisk disk = FullDisk.On(Path.Combine(scene.Data, "media"), megabytes: 4);
        ConsoleServer server = await scene.StartAsync(new Load(scene.Journal) { Moderators = 2, PauseMs = 20, Steady = true }, under: disk.Under);
        using SendingPlatform platform = new(1) { Console = await server.Address };
        byte[] jpeg = [.. await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel), .. new byte[2 << 20]];

        disk.Fill(server, fileBytes: 1 << 20);
        await platform.PostAsync(Cancel, scene.Media.File("/1.jpg", jpeg));
        await scene.UntilAsync("the media was put off", db => db.Set<MediaObject>().AnyAsync(row => row.State == MediaState.Pending && row.Attempts == 0
            && row.NextAttemptAt > row.CreatedAt, Cancel));
        await scene.NotedAsync("decided", 1);
        await platform.PostAsync(Cancel);
        await scene.NotedAsync("decided", 2);
        Assert.Empty(Journal.Read(scene.Journal, "fault"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(scene.Data, "media", "incoming")));

        disk.Free(server);
        // It would be tried again by itself in half a minute.
        scene.Ask("UPDATE media_object SET NextAttemptAt = CreatedAt");
        await scene.UntilAsync("the media is drawn", db => db.Set<MediaObject>().AnyAsync(row => row.State == MediaState.Ready, Cancel));
        Assert.Empty(await new MediaFiles(scene.Data).BrokenAsync(Cancel));
    }

    [Fact]
    public async Task Program_KilledWhileMediaArrives_LeavesNoHalfFileForGood()
    {
        await using FaultScene scene = await FaultScene.SetAsync();
        string incoming = Path.Combine(scene.Data, "media", "incoming");
        byte[] jpeg = await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel);
        string slow = scene.Media.On("/slow.jpg", async (stream, cancel) =>
        {
            await MediaHost.HeadAsync(stream, "200 OK", $"Content-Length: {jpeg.Length}\r\n", cancel);
            await stream.WriteAsync(jpeg.AsMemory(0, jpeg.Length / 2), cancel);
            await Task.Delay(Timeout.Infinite, cancel);
        });
        ConsoleServer server = await scene.StartAsync(with: new() { ["Media:FetchTimeoutSeconds"] = "60" });
        using SendingPlatform platform = new(1) { Console = await server.Address };
        await platform.PostAsync(Cancel, slow);
        await scene.UntilAsync("half of it is there", _ => Task.FromResult(Directory.Exists(incoming) && Directory.EnumerateFiles(incoming).Any(path => new FileInfo(path).Length > 0)));
        server.Kill();
        await server.EndsAsync();
        string half = Assert.Single(Directory.EnumerateFiles(incoming));
        File.SetLastWriteTimeUtc(half, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1));

        await scene.StartAsync();

        await scene.UntilAsync("the half file is gone", _ => Task.FromResult(!File.Exists(half)), seconds: 20);
    }
}
