using System.Runtime.Versioning;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class FolderMediaStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("media-store-").FullName;
    private readonly FolderMediaStore _store;

    public FolderMediaStoreTests() => _store = new FolderMediaStore(_folder, MediaKeyFile.InDataDirectory(_folder));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Original_Kept_LiesUnderItsHashAndReadsBack()
    {
        IncomingMedia media = await ArriveAsync([1, 2, 3]);
        bool isNew = await _store.KeepAsync(media, Cancel);

        string path = Path.Combine(_folder, "media", media.Sha256[..2], media.Sha256[2..4], media.Sha256);
        Assert.True(isNew);
        Assert.Equal(path, _store.FindOriginal(media.Sha256));
        await using Stream stored = Assert.IsAssignableFrom<Stream>(_store.OpenOriginal(media.Sha256));
        Assert.Equal(Content([1, 2, 3]), await ReadAsync(stored));
        Assert.Empty(Directory.GetFiles(_store.IncomingDirectory));
    }

    [Fact]
    public async Task Original_KeptTwice_IsStoredOnce()
    {
        IncomingMedia first = await ArriveAsync([1]);
        IncomingMedia second = await ArriveAsync([1]);

        Assert.True(await _store.KeepAsync(first, Cancel));
        Assert.False(await _store.KeepAsync(second, Cancel));
        Assert.Empty(Directory.GetFiles(_store.IncomingDirectory));
    }

    [Fact]
    public async Task Original_KeptByManyAtOnce_IsWholeForEveryReaderAtAllTimes()
    {
        byte[] payload = new byte[500_000];
        IncomingMedia[] arrivals = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ArriveAsync(payload)));
        string hash = arrivals[0].Sha256;

        await Task.WhenAll(arrivals.Select(media => Task.Run(
            async () =>
            {
                await _store.KeepAsync(media, Cancel);
                await using Stream stored = Assert.IsAssignableFrom<Stream>(_store.OpenOriginal(hash));
                Assert.Equal(Content(payload).Length, (await ReadAsync(stored)).Length);
            },
            Cancel)));

        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_store.FindOriginal(hash))!));
        Assert.Empty(Directory.GetFiles(_store.IncomingDirectory));
    }

    [Fact]
    public async Task Rendition_Kept_LiesApartFromTheOriginalAndMayBeReplaced()
    {
        string hash = (await ArriveAsync([1])).Sha256;
        await _store.KeepRenditionAsync(hash, MediaStep.BlurredStill, new byte[] { 1 }, Cancel);
        await _store.KeepRenditionAsync(hash, MediaStep.BlurredStill, new byte[] { 2, 2 }, Cancel);

        Assert.True(File.Exists(Path.Combine(_folder, "renditions", hash[..2], hash[2..4], hash, "step0.jpg")));
        await using Stream still = Assert.IsAssignableFrom<Stream>(_store.OpenRendition(hash, MediaStep.BlurredStill));
        Assert.Equal([2, 2], await ReadAsync(still));
        Assert.Null(_store.OpenRendition(hash, MediaStep.GreyStill));
        Assert.Null(_store.OpenOriginal(hash));
    }

    public static TheoryData<string> Intruders =>
    [
        "",
        "../../../../etc/passwd",
        new string('a', 63),
        new string('a', 65),
        new string('A', 64),
        new string('g', 64),
        "../" + new string('a', 61),
        new string('a', 60) + "/../",
        new string('a', 63) + "\0",
        new string('a', 63) + "٣",
    ];

    [Theory]
    [MemberData(nameof(Intruders))]
    public async Task Name_ThatIsNoHash_OpensNothingAndStoresNothing(string name)
    {
        Assert.Null(_store.OpenOriginal(name));
        Assert.Null(_store.FindOriginal(name));
        Assert.Null(_store.OpenRendition(name, MediaStep.BlurredStill));
        await Assert.ThrowsAsync<ArgumentException>(
            () => _store.KeepRenditionAsync(name, MediaStep.BlurredStill, new byte[] { 1 }, Cancel));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Files_AreReadableByTheConsolesAccountOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        IncomingMedia media = await ArriveAsync([1]);
        await _store.KeepAsync(media, Cancel);
        await _store.KeepRenditionAsync(media.Sha256, MediaStep.BlurredStill, new byte[] { 1 }, Cancel);

        string[] files = Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.All(
            Directory.GetDirectories(_folder, "*", SearchOption.AllDirectories),
            folder => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(folder) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)));
    }

    [Fact]
    public async Task FilesHalfArrived_OlderThanTheLimit_AreDiscarded()
    {
        using IncomingMedia old = await ArriveAsync([1]);
        using IncomingMedia fresh = await ArriveAsync([2]);
        DateTimeOffset limit = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        File.SetLastWriteTimeUtc(old.Path, limit.UtcDateTime.AddSeconds(-1));
        File.SetLastWriteTimeUtc(fresh.Path, limit.UtcDateTime.AddSeconds(1));

        _store.DiscardAbandoned(limit);

        Assert.Equal([fresh.Path], Directory.GetFiles(_store.IncomingDirectory));
    }

    private static byte[] Content(byte[] payload) => [0xFF, 0xD8, 0xFF, .. payload];

    private async Task<IncomingMedia> ArriveAsync(byte[] payload)
    {
        using MemoryStream source = new(Content(payload));
        FetchResult result = await IncomingMedia.ReceiveAsync(source, _store.IncomingDirectory, 1_000_000, Cancel);
        return Assert.IsType<IncomingMedia>(result.Media);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using MemoryStream copy = new();
        await stream.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }
}
