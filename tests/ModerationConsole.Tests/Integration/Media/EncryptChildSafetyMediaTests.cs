using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>What becomes of media, its steps, its rows and its audit once it is child-safety media.</summary>
public sealed class EncryptChildSafetyMediaTests : IAsyncLifetime
{
    private readonly MediaHost _host = new();
    private readonly Dictionary<string, string?> _settings = [];
    private TestConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EncryptChildSafetyMedia Encrypting => _console.Get<EncryptChildSafetyMedia>();

    public async ValueTask InitializeAsync()
    {
        _settings["Media:AllowedHosts:0"] = _host.Name;
        _console = await TestConsole.StartAsync(_settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Media_Marked_IsHeldAYearEncryptedOnceAndGoneInTheClear()
    {
        Guid id = await StoredAsync(HostileMedia.MarkedJpeg);
        Guid twin = await StoredAsync(HostileMedia.MarkedJpeg);
        await RaiseAsync();
        int before = Plain().Count;
        await MarkAsync(id);
        int done = await Encrypting.RunOnceAsync(Cancel);
        int again = await Encrypting.RunOnceAsync(Cancel);

        Assert.Equal((1, 1, 0), (before, done, again));
        Assert.Empty(Plain());
        foreach (Guid one in new[] { id, twin })
        {
            MediaObject row = await RowAsync(one);
            Assert.Equal((true, _console.Clock.Now().AddYears(1)), (row.ChildSafety, row.HoldUntil));
            Assert.Equal(_console.Get<IMediaKeyProvider>().Current.Id, row.EncryptedWith);
            Assert.Single(await ActsAsync(one), AuditAct.MediaHeld);
            Assert.Single(await ActsAsync(one), AuditAct.MediaEncrypted);
        }

        Assert.DoesNotContain(Files(), path => path.EndsWith(".jpg", StringComparison.Ordinal));
        string hash = (await RowAsync(id)).Sha256!;
        foreach (MediaStep step in Enum.GetValues<MediaStep>())
        {
            StepContent content = (await _console.Get<StepReader>().OpenAsync(hash, step, Cancel))!;
            await using Stream bytes = content.Content;
            byte[] start = new byte[3];
            await bytes.ReadExactlyAsync(start, Cancel);
            Assert.Equal(("image/jpeg", "FFD8FF"), (content.ContentType, Convert.ToHexString(start)));
        }
    }

    // A camera's mp4 has its index at the end: it cannot be read from a pipe, and no plain file may be made of it.
    [Theory]
    [InlineData(nameof(SampleMedia.Jpeg))]
    [InlineData(nameof(SampleMedia.Gif))]
    [InlineData(nameof(SampleMedia.Mp4))]
    [InlineData(nameof(SampleMedia.WebM))]
    [InlineData(nameof(SampleMedia.Ogg))]
    public async Task Media_BornChildSafety_IsFetchedDrawnAndRaisedWithoutAPlainFile(string sample)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has files in memory.");
        Guid id = await _console.MediaAsync(_host.File("/a", await File.ReadAllBytesAsync(SampleMedia.Named(sample), Cancel)), childSafety: true);
        List<string> seen = [];
        using FileSystemWatcher watcher = new(_console.DataDirectory) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        watcher.Created += (_, created) => Note(created.FullPath);
        watcher.Renamed += (_, renamed) => Note(renamed.FullPath);
        await RaiseAsync();
        await Encrypting.RunOnceAsync(Cancel);
        MediaObject row = await RowAsync(id);

        Assert.Equal((MediaState.Ready, LadderState.Ready), (row.State, row.Ladder));
        Assert.NotNull(row.HoldUntil);
        Assert.NotNull(row.EncryptedWith);
        Assert.Equal(4, Files().Count(path => path.EndsWith(".enc", StringComparison.Ordinal)));
        Assert.All(Files(), path => Assert.EndsWith(".enc", path, StringComparison.Ordinal));
        lock (seen)
        {
            Assert.All(seen.Where(path => !path.Contains("incoming", StringComparison.Ordinal)), path => Assert.EndsWith(".enc", path, StringComparison.Ordinal));
        }

        StepContent clip = (await _console.Get<StepReader>().OpenAsync(row.Sha256!, MediaStep.Filtered, Cancel))!;
        await using Stream content = clip.Content;
        using MemoryStream copy = new();
        await content.CopyToAsync(copy, Cancel);
        Assert.Equal(clip.ContentType, RenderRoom.Sniff(copy.ToArray())!.Value.ContentType());

        void Note(string path)
        {
            lock (seen)
            {
                if (File.Exists(path) && (path.Contains("/media/", StringComparison.Ordinal) || path.Contains("/renditions/", StringComparison.Ordinal)))
                {
                    seen.Add(path);
                }
            }
        }
    }

    [Fact]
    public async Task Media_HandedInAsChildSafety_IsEncryptedAndHeld()
    {
        await using FileStream file = File.OpenRead(HostileMedia.MarkedJpeg);
        StoreMediaResult stored = await _console.Use<StoreMedia>().RunAsync(Caller.System, new MediaUpload(file, ChildSafety: true), Cancel);

        Assert.Empty(Plain());
        Assert.Equal([AuditAct.MediaHeld, AuditAct.MediaStored], await ActsAsync(stored.MediaId!.Value));
    }

    [Fact]
    public async Task Console_KilledBetweenDiskAndDatabase_WritesTheRestOnce()
    {
        Guid id = await StoredAsync(HostileMedia.MarkedJpeg);
        await MarkAsync(id);
        await _console.Get<IMediaStore>().EncryptAsync((await RowAsync(id)).Sha256!, Cancel);
        await _console.RestartAsync();
        await Encrypting.RunOnceAsync(Cancel);

        Assert.NotNull((await RowAsync(id)).EncryptedWith);
        Assert.Single(await ActsAsync(id), AuditAct.MediaEncrypted);
    }

    [Fact]
    public async Task Media_MarkedAgain_IsNotHeldLongerOrAuditedTwice()
    {
        Guid id = await StoredAsync(SampleMedia.Png);
        await MarkAsync(id);
        DateTimeOffset? until = (await RowAsync(id)).HoldUntil;
        _console.Clock.Advance(TimeSpan.FromDays(30));
        await MarkAsync(id);

        Assert.Equal(until, (await RowAsync(id)).HoldUntil);
        Assert.Single(await ActsAsync(id), AuditAct.MediaHeld);
    }

    [Fact]
    public async Task Disk_ThatCannotBeWritten_LeavesItReadableAndOthersAreDone()
    {
        Guid broken = await StoredAsync(HostileMedia.MarkedJpeg);
        Guid other = await StoredAsync(SampleMedia.Png);
        string hash = (await RowAsync(broken)).Sha256!;
        string inTheWay = _console.Get<IMediaStore>().FindOriginal(hash)! + ".enc";
        Directory.CreateDirectory(inTheWay);
        await MarkAsync(broken);
        await MarkAsync(other);
        int done = await Encrypting.RunOnceAsync(Cancel);
        MediaObject waiting = await RowAsync(broken);
        Directory.Delete(inTheWay);
        int later = await Encrypting.RunOnceAsync(Cancel);

        Assert.Equal((1, null, 1), (done, waiting.EncryptedWith, later));
        Assert.Empty(Plain());
    }

    [Fact]
    public async Task File_TamperedWith_IsNoStepAnyMore()
    {
        Guid id = await StoredAsync(SampleMedia.Png);
        await MarkAsync(id);
        await Encrypting.RunOnceAsync(Cancel);
        string hash = (await RowAsync(id)).Sha256!;
        string path = Files().Single(file => file.EndsWith(hash + ".enc", StringComparison.Ordinal));
        byte[] content = await File.ReadAllBytesAsync(path, Cancel);
        await File.WriteAllBytesAsync(path, content[..^1], Cancel);

        Assert.Null(await _console.Get<StepReader>().OpenAsync(hash, MediaStep.Original, Cancel));
        Assert.Null(await _console.Get<StepReader>().OpenAsync(hash, MediaStep.Original, Cancel));
        // Once, however often it is asked for: health says how many files, not how many people were turned away.
        Assert.Equal(1, _console.Get<MediaHealth>().Report.Undecipherable);
    }

    private async Task<Guid> StoredAsync(string path)
    {
        await using FileStream file = File.OpenRead(path);
        StoreMediaResult stored = await _console.Use<StoreMedia>().RunAsync(Caller.System, new MediaUpload(file), Cancel);
        return stored.MediaId!.Value;
    }

    private async Task RaiseAsync()
    {
        await _console.Get<ProcessMediaQueue>().RunOnceAsync(Cancel);
        await _console.Get<RaiseLadders>().RunOnceAsync(Cancel);
    }

    private Task<bool> MarkAsync(Guid id) => _console.WriteAsync(async scope =>
    {
        scope.MarkChildSafety(await scope.Db.Set<MediaObject>().SingleAsync(row => row.Id == id, Cancel), Caller.System);
        return true;
    });

    private string[] Files() =>
    [
        .. new[] { "media", "renditions" }.Select(name => Path.Combine(_console.DataDirectory, name)).Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)),
    ];

    private List<string> Plain() =>
        [.. Files().Where(path => File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(HostileMedia.Mark)) >= 0)];

    private Task<MediaObject> RowAsync(Guid id) =>
        _console.ReadAsync(db => db.Set<MediaObject>().AsNoTracking().SingleAsync(row => row.Id == id, Cancel));

    private Task<List<AuditAct>> ActsAsync(Guid id) => _console.ReadAsync(db => db.Set<AuditEntry>()
        .Where(entry => entry.Subject == id.ToString()).OrderBy(entry => entry.Number).Select(entry => entry.Act).ToListAsync(Cancel));
}
