using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class StoreMediaTests
{
    private static readonly Caller s_program = Caller.ApiKey(Guid.NewGuid(), new HashSet<Permission> { Permission.SubmitItems });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_HandedIn_IsStoredAndThenDrawn()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        await using FileStream file = File.OpenRead(SampleMedia.Jpeg);
        StoreMediaResult result = await console.Use<StoreMedia>().RunAsync(s_program, new MediaUpload(file, "Weapon"), Cancel);

        MediaObject waiting = await RowAsync(console, result.MediaId);
        await console.Get<ProcessMediaQueue>().RunOnceAsync(Cancel);
        MediaObject drawn = await RowAsync(console, result.MediaId);

        Assert.Equal(StoreMediaOutcome.Stored, result.Outcome);
        Assert.Equal((MediaState.Pending, MediaKind.Image, "Weapon", null), (waiting.State, waiting.Kind, waiting.Category, waiting.SourceUrl));
        Assert.Equal((MediaState.Ready, waiting.Sha256), (drawn.State, drawn.Sha256));
        List<AuditEntry> entries = await console.ReadAsync(db => db.Set<AuditEntry>().OrderBy(row => row.Number).ToListAsync(Cancel));
        Assert.Equal([AuditAct.MediaStored, AuditAct.MediaRendered], entries.Select(entry => entry.Act));
        Assert.Equal(s_program.Id, entries[0].ActorId);
    }

    [Fact]
    public async Task File_WithAPreparedStill_IsReadyWithoutARenderer()
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { ["Media:FfmpegPath"] = "/nowhere/ffmpeg" });
        await using FileStream file = File.OpenRead(SampleMedia.Jpeg);
        MediaUpload upload = new(file) { Still = new PreparedStill(new byte[] { 1, 2 }, new MediaShape(640, 400)) };
        StoreMediaResult result = await console.Use<StoreMedia>().RunAsync(s_program, upload, Cancel);

        MediaObject media = await RowAsync(console, result.MediaId);
        Assert.Equal((MediaState.Ready, 640), (media.State, media.Width));
        Assert.Equal(2, console.Get<IMediaStore>().OpenRendition(media.Sha256!, MediaStep.BlurredStill)!.Length);
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", StoreMediaOutcome.WrongType)]
    [InlineData("GIF89a and more than a thousand bytes after it", StoreMediaOutcome.TooLarge)]
    public async Task File_NotTaken_LeavesNothing(string start, StoreMediaOutcome outcome)
    {
        await using TestConsole console = await TestConsole.StartAsync(new() { ["Media:MaxBytes"] = "1024" });
        using MemoryStream file = new(System.Text.Encoding.UTF8.GetBytes(start.PadRight(5000)));
        StoreMediaResult result = await console.Use<StoreMedia>().RunAsync(s_program, new MediaUpload(file), Cancel);

        Assert.Equal(new StoreMediaResult(outcome), result);
        Assert.Equal(0, await console.ReadAsync(db => db.Set<MediaObject>().CountAsync(Cancel)));
        Assert.Empty(Directory.GetFiles(console.Get<IMediaStore>().IncomingDirectory));
    }

    [Fact]
    public async Task Caller_WhoMayNotSubmitItems_IsRefused()
    {
        await using TestConsole console = await TestConsole.StartAsync();
        Caller moderator = await console.PersonAsync();
        await using FileStream file = File.OpenRead(SampleMedia.Jpeg);

        await Assert.ThrowsAsync<PermissionDeniedException>(
            () => console.Use<StoreMedia>().RunAsync(moderator, new MediaUpload(file), Cancel));
    }

    private static Task<MediaObject> RowAsync(TestConsole console, Guid? id) =>
        console.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));
}
