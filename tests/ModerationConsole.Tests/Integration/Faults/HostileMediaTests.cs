using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Faults;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>One program that all of the hostile files are sent to, one after the other.</summary>
public sealed class HostileMediaConsole : IAsyncLifetime
{
    internal FaultScene Scene { get; private set; } = null!;

    internal SendingPlatform Platform { get; } = new(1);

    public async ValueTask InitializeAsync()
    {
        Scene = await FaultScene.SetAsync();
        Platform.Console = await (await Scene.StartAsync(with: new() { ["Media:RenderTimeoutSeconds"] = "10" })).Address;
    }

    public async ValueTask DisposeAsync()
    {
        Platform.Dispose();
        await Scene.DisposeAsync();
    }
}

/// <summary>Files that were made to hurt come in by the ordinary way. The program answers meanwhile, stays small, and draws the next picture.</summary>
[Collection(FaultCollection.Name)]
public sealed class HostileMediaTests(HostileMediaConsole console) : IClassFixture<HostileMediaConsole>
{
    // Far less than any of the files takes when it is unpacked.
    private const long MostMemory = 600L << 20;
    private static readonly TimeSpan s_slowest = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task DecompressionBomb_IsSurvived() => SurviveAsync("bomb.png", File.ReadAllBytes(HostileMedia.Bomb), MediaState.Placeholder);

    [Fact]
    public Task TruncatedMp4_IsSurvived() => SurviveAsync("half.mp4", HalfOf(SampleMedia.Mp4), MediaState.Placeholder);

    [Fact]
    public Task ImageOf100Megapixels_IsSurvived() => SurviveAsync("large.jpg", File.ReadAllBytes(HostileMedia.HundredMegapixels), MediaState.Ready, MediaState.Placeholder);

    [Fact]
    public Task PolyglotFile_IsSurvived() => SurviveAsync("both.gif", HostileMedia.GifThatIsAScript, MediaState.Ready);

    [Fact]
    public Task GifOf10000Frames_IsSurvived() => SurviveAsync("endless.gif", File.ReadAllBytes(HostileMedia.TenThousandFrames), MediaState.Ready, MediaState.Placeholder);

    private static byte[] HalfOf(string path) => File.ReadAllBytes(path) is var whole ? whole[..(whole.Length / 2)] : [];

    private async Task SurviveAsync(string name, byte[] file, params MediaState[] ends)
    {
        (FaultScene scene, SendingPlatform platform) = (console.Scene, console.Platform);
        string hostile = await platform.PostAsync(Cancel, scene.Media.File($"/{name}", file));
        string ordinary = await platform.PostAsync(Cancel, scene.Media.File($"/after-{name}", await File.ReadAllBytesAsync(SampleMedia.Jpeg, Cancel)));
        using HttpClient http = new() { BaseAddress = platform.Console };

        TimeSpan slowest = TimeSpan.Zero;
        Stopwatch watch = Stopwatch.StartNew();
        while (await StateAsync(scene, hostile) == MediaState.Pending || await StateAsync(scene, ordinary) == MediaState.Pending)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "The media was not settled in a minute.");
            long begun = Stopwatch.GetTimestamp();
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel)).StatusCode);
            await platform.PostAsync(Cancel);
            TimeSpan took = Stopwatch.GetElapsedTime(begun);
            slowest = took > slowest ? took : slowest;
            await Task.Delay(50, Cancel);
        }

        Assert.Contains(await StateAsync(scene, hostile), ends);
        Assert.Equal(MediaState.Ready, await StateAsync(scene, ordinary));
        Assert.True(slowest < s_slowest, $"An answer took {slowest.TotalSeconds:0.0} s.");
        Assert.True(scene.Server.PeakMemory < MostMemory, $"The program took {scene.Server.PeakMemory >> 20} MB.");
    }

    private static Task<MediaState> StateAsync(FaultScene scene, string item) => scene.ReadAsync(db => (
        from version in db.Set<ItemVersion>()
        join link in db.Set<ItemMedia>() on version.Id equals link.ItemVersionId
        join media in db.Set<MediaObject>() on link.MediaId equals media.Id
        where version.ItemId == item
        select media.State).SingleAsync(Cancel));
}
