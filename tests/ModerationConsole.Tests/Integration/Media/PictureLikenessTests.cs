using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Media.Likeness;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>Pictures get their hash with the ladder, by the real ffmpeg; what must not be compared gets none.</summary>
public sealed class PictureLikenessTests : IAsyncLifetime
{
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await TestConsole.StartAsync();

    public async ValueTask DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Picture_AndItsCopyInAnotherFormat_AreTheSame()
    {
        MediaObject one = await RaisedAsync(SampleMedia.Jpeg);
        MediaObject other = await RaisedAsync(SampleMedia.WebP);

        Assert.NotEqual(one.Sha256, other.Sha256);
        Assert.True(PictureHash.TryParse(one.Pdq, out PictureHash mine) & PictureHash.TryParse(other.Pdq, out PictureHash theirs));
        Assert.InRange(mine.Distance(theirs), 0, PictureHash.MatchDistance);
        Assert.All([one, other], row => Assert.InRange(row.PdqQuality!.Value, PictureHash.WorthlessQuality + 1, 100));
    }

    [Fact]
    public async Task Picture_UnderAnotherName_TakesOverItsHash()
    {
        MediaObject one = await RaisedAsync(SampleMedia.Jpeg);
        MediaObject twin = await RaisedAsync(SampleMedia.Jpeg);

        Assert.NotEqual(one.Id, twin.Id);
        Assert.Equal((one.Pdq, one.PdqQuality), (twin.Pdq, twin.PdqQuality));
    }

    [Theory]
    [InlineData(nameof(SampleMedia.Mp4))]
    [InlineData(nameof(SampleMedia.Gif))]
    [InlineData(nameof(SampleMedia.Mp3))]
    [InlineData(nameof(SampleMedia.OnePixel))]
    public async Task WhatIsNoPictureWithFeatures_HasNoHash(string sample)
    {
        MediaObject row = await RaisedAsync(SampleMedia.Named(sample));

        Assert.Equal((LadderState.Ready, null, null), (row.Ladder, row.Pdq, row.PdqQuality));
    }

    [Fact]
    public async Task ChildSafetyMedia_IsComparedWithNothing_NeitherBeforeNorAfterItIsMarked()
    {
        MediaObject marked = await RaisedAsync(SampleMedia.Png, childSafety: true);
        Assert.Equal((LadderState.Ready, null), (marked.Ladder, marked.Pdq));

        MediaObject later = await RaisedAsync(SampleMedia.Jpeg);
        Assert.NotNull(later.Pdq);
        await _console.WriteAsync(async scope =>
        {
            scope.MarkChildSafety(await scope.Db.Set<MediaObject>().SingleAsync(row => row.Id == later.Id, Cancel), Caller.System);
            return 0;
        });
        Assert.Null((await RowAsync(later.Id)).Pdq);
    }

    private async Task<MediaObject> RaisedAsync(string path, bool childSafety = false)
    {
        await using FileStream file = File.OpenRead(path);
        StoreMediaResult stored = await _console.Use<StoreMedia>().RunAsync(Caller.System, new MediaUpload(file) { ChildSafety = childSafety }, Cancel);
        await _console.Get<ProcessMediaQueue>().RunOnceAsync(Cancel);
        await _console.Get<RaiseLadders>().RunOnceAsync(Cancel);
        return await RowAsync(stored.MediaId!.Value);
    }

    private Task<MediaObject> RowAsync(Guid id) => _console.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));
}
