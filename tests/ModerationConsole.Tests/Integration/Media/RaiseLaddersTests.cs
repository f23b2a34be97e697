using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>Steps 1 and 2 on their way from the queue to the store.</summary>
public sealed class RaiseLaddersTests : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _settings = [];
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RaiseLadders Ladders => _console.Get<RaiseLadders>();

    private IMediaStore Store => _console.Get<IMediaStore>();

    public async ValueTask InitializeAsync() => _console = await TestConsole.StartAsync(_settings);

    public async ValueTask DisposeAsync() => await _console.DisposeAsync();

    [Theory]
    [InlineData(nameof(SampleMedia.Jpeg), "image/jpeg", "image/jpeg")]
    [InlineData(nameof(SampleMedia.Gif), "video/mp4", "image/gif")]
    [InlineData(nameof(SampleMedia.Mp4), "video/mp4", "video/mp4")]
    [InlineData(nameof(SampleMedia.Mp3), "audio/mp4", "audio/mpeg")]
    public async Task Media_WithStepZero_GetsTheStepsAboveWithRowsAuditAndEvent(string sample, string filteredType, string originalType)
    {
        Guid id = await DrawnAsync(SampleMedia.Named(sample));
        MediaObject before = await RowAsync(id);
        Assert.Equal(1, await Ladders.RunOnceAsync(Cancel));
        MediaObject after = await RowAsync(id);

        Assert.Equal((MediaState.Ready, LadderState.Waiting), (before.State, before.Ladder));
        Assert.Equal((MediaState.Ready, LadderState.Ready), (after.State, after.Ladder));
        List<MediaRendition> rows = await _console.ReadAsync(db => db.Set<MediaRendition>().Where(row => row.Sha256 == after.Sha256).ToListAsync(Cancel));
        rows.Sort((one, other) => one.Step.CompareTo(other.Step));
        Assert.Equal([MediaStep.BlurredStill, MediaStep.GreyStill, MediaStep.Filtered], rows.Select(row => row.Step));
        Assert.Equal(filteredType, rows[^1].ContentType);
        foreach (MediaRendition row in rows)
        {
            await using Stream content = Assert.IsAssignableFrom<Stream>(Store.OpenRendition(row.Sha256, row.Step));
            Assert.Equal((row.Bytes, row.Hash), (content.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, Cancel))));
        }

        StepContent original = (await _console.Get<StepReader>().OpenAsync(after.Sha256!, MediaStep.Original, Cancel))!;
        await using Stream bytes = original.Content;
        Assert.Equal((originalType, after.Sha256), (original.ContentType, Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, Cancel))));
        Assert.Equal([AuditAct.MediaStored, AuditAct.MediaRendered, AuditAct.MediaRendered], await ActsAsync(id));
        Assert.Equal(2, await _console.ReadAsync(db => db.Set<OutboxEvent>().CountAsync(row => row.Kind == LiveKind.MediaChanged && row.State == id.ToString(), Cancel)));
        Assert.Empty(Directory.GetFiles(Store.IncomingDirectory));
    }

    [Fact]
    public async Task Step_NotMade_IsNotOpened()
    {
        Guid id = await DrawnAsync(SampleMedia.Jpeg);
        string hash = (await RowAsync(id)).Sha256!;
        StepReader reader = _console.Get<StepReader>();

        Assert.Null(await reader.OpenAsync(hash, MediaStep.GreyStill, Cancel));
        Assert.Null(await reader.OpenAsync(hash, MediaStep.Filtered, Cancel));
        Assert.Null(await reader.OpenAsync(new string('0', 64), MediaStep.Original, Cancel));
    }

    [Fact]
    public async Task StepZeroOfAnything_ComesBeforeStepsAbove()
    {
        await DrawnAsync(SampleMedia.Jpeg);
        await HandInAsync(SampleMedia.Png);
        int early = await Ladders.RunOnceAsync(Cancel);
        await _console.Get<ProcessMediaQueue>().RunOnceAsync(Cancel);

        Assert.Equal((0, 2), (early, await Ladders.RunOnceAsync(Cancel)));
    }

    [Fact]
    public async Task SameBytes_UnderTwoNames_AreRaisedOnceForBoth()
    {
        Guid first = await DrawnAsync(SampleMedia.Jpeg);
        Guid second = await DrawnAsync(SampleMedia.Jpeg);
        int worked = await Ladders.RunOnceAsync(Cancel);
        Guid third = await DrawnAsync(SampleMedia.Jpeg);

        Assert.Equal((1, 0), (worked, await Ladders.RunOnceAsync(Cancel)));
        foreach (Guid id in new[] { first, second, third })
        {
            Assert.Equal(LadderState.Ready, (await RowAsync(id)).Ladder);
        }
    }

    [Fact]
    public async Task Renderer_NotInstalled_LeavesEverythingInLine()
    {
        Guid id = await DrawnAsync(SampleMedia.Jpeg);
        _settings["Media:FfmpegPath"] = "/nowhere/ffmpeg";
        await _console.RestartAsync();
        int without = await Ladders.RunOnceAsync(Cancel);
        MediaObject waiting = await RowAsync(id);
        _settings.Remove("Media:FfmpegPath");
        await _console.RestartAsync();

        Assert.Equal((0, LadderState.Waiting, 0), (without, waiting.Ladder, waiting.Attempts));
        Assert.Equal(1, await Ladders.RunOnceAsync(Cancel));
    }

    [Fact]
    public async Task Node_KilledWhileItWorked_LeavesTheObjectToTheNext()
    {
        Guid id = await DrawnAsync(SampleMedia.Jpeg);
        LadderClaim? dead = await ClaimAsync();
        int held = await Ladders.RunOnceAsync(Cancel);
        _console.Clock.Advance(TimeSpan.FromMinutes(10));
        int resumed = await Ladders.RunOnceAsync(Cancel);

        Assert.Equal((id, 0, 1), (dead!.Id, held, resumed));
        Assert.Equal(LadderState.Ready, (await RowAsync(id)).Ladder);
        Assert.False(await _console.WriteAsync(scope => scope.FinishLadderAsync(dead, new LadderEnding(MediaProblem.RenderFailed, []), Cancel)));
    }

    [Fact]
    public async Task Media_ThatKillsTheNodeEachTime_IsGivenUpWithItsStepZeroKept()
    {
        Guid id = await DrawnAsync(SampleMedia.Jpeg);
        for (int death = 0; death < 5; death++)
        {
            Assert.NotNull(await ClaimAsync());
            _console.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Null(await ClaimAsync());
        MediaObject row = await RowAsync(id);
        Assert.Equal((MediaState.Ready, LadderState.Failed), (row.State, row.Ladder));
        Assert.Equal(AuditAct.MediaNotRendered, (await ActsAsync(id))[^1]);
    }

    [Fact]
    public async Task Node_StoppedWhileItWorks_GivesTheObjectBackUnused()
    {
        Guid id = await DrawnAsync(SampleMedia.Mp4);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task<int> run = Ladders.RunOnceAsync(stop.Token);
        while ((await RowAsync(id)).Attempts == 0)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        MediaObject row = await RowAsync(id);
        Assert.Equal((LadderState.Waiting, 0), (row.Ladder, row.Attempts));
        Assert.Empty(Directory.GetFiles(Store.IncomingDirectory));
    }

    [Fact]
    public async Task Object_ReadyBeforeThereWereSteps_IsQueuedAtStart()
    {
        Guid id = await DrawnAsync(SampleMedia.Jpeg);
        await _console.WriteAsync(scope => scope.Db.Set<MediaObject>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Ladder, LadderState.None), Cancel));

        Assert.Equal(1, await _console.WriteAsync(scope => scope.QueueLaddersAsync(Cancel)));
        Assert.Equal(0, await _console.WriteAsync(scope => scope.QueueLaddersAsync(Cancel)));
        Assert.Equal(LadderState.Waiting, (await RowAsync(id)).Ladder);
    }

    [Fact]
    public async Task FilesHalfMade_LeftByAKilledConsole_AreRemovedAtStart()
    {
        Directory.CreateDirectory(Store.IncomingDirectory);
        string left = Path.Combine(Store.IncomingDirectory, "left");
        await File.WriteAllTextAsync(left, "half a clip", Cancel);
        File.SetLastWriteTimeUtc(left, _console.Clock.GetUtcNow().UtcDateTime.AddMinutes(-20));
        string fresh = Path.Combine(Store.IncomingDirectory, "fresh");
        await File.WriteAllTextAsync(fresh, "someone writes this", Cancel);
        File.SetLastWriteTimeUtc(fresh, _console.Clock.GetUtcNow().UtcDateTime.AddMinutes(-1));
        await _console.RestartAsync(background: true);
        while (File.Exists(left))
        {
            await Task.Delay(10, Cancel);
        }

        Assert.True(File.Exists(fresh));
    }

    private Task<LadderClaim?> ClaimAsync() => _console.WriteAsync(scope => scope.ClaimLadderAsync(TimeSpan.FromMinutes(9), Cancel));

    private async Task<Guid> HandInAsync(string path)
    {
        await using FileStream file = File.OpenRead(path);
        return (await _console.Use<StoreMedia>().RunAsync(Caller.System, new MediaUpload(file), Cancel)).MediaId!.Value;
    }

    private async Task<Guid> DrawnAsync(string path)
    {
        Guid id = await HandInAsync(path);
        await _console.Get<ProcessMediaQueue>().RunOnceAsync(Cancel);
        return id;
    }

    private Task<MediaObject> RowAsync(Guid id) =>
        _console.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));

    private Task<List<AuditAct>> ActsAsync(Guid id) => _console.ReadAsync(db => db.Set<AuditEntry>()
        .Where(entry => entry.Subject == id.ToString()).OrderBy(entry => entry.Number).Select(entry => entry.Act).ToListAsync(Cancel));
}
