using System.Security.Cryptography;
using System.Text;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>A store that holds child-safety media encrypted.</summary>
public sealed class EncryptedStoreTests : IDisposable
{
    private const string Mark = "a plain marker that nobody may find on the disk";

    private readonly string _folder = Directory.CreateTempSubdirectory("encrypted-store-").FullName;
    private FolderMediaStore _store;

    public EncryptedStoreTests() => _store = Open();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Keys => Path.Combine(_folder, "keys", "media.keys");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Media_Encrypted_LeavesNoPlainByteAndReadsBack()
    {
        (string hash, byte[] original) = await KeepAsync();
        byte[] still = Content(2);
        await _store.KeepRenditionAsync(hash, MediaStep.BlurredStill, still, Cancel);
        await _store.KeepRenditionAsync(hash, MediaStep.Filtered, still, Cancel);
        Assert.Equal(3, PlainFiles().Count);
        string key = await _store.EncryptAsync(hash, Cancel);

        Assert.Empty(PlainFiles());
        Assert.Null(_store.FindOriginal(hash));
        Assert.Equal(original, await ReadAsync(_store.OpenOriginal(hash)));
        Assert.Equal(still, await ReadAsync(_store.OpenRendition(hash, MediaStep.BlurredStill)));
        Assert.Equal(still, await ReadAsync(_store.OpenRendition(hash, MediaStep.Filtered)));
        Assert.Null(_store.OpenRendition(hash, MediaStep.GreyStill));
        Assert.Equal(key, await _store.EncryptAsync(hash, Cancel));
    }

    [Fact]
    public async Task Rendition_OfEncryptedMedia_IsEncryptedFromTheStart()
    {
        (string hash, _) = await KeepAsync();
        await _store.EncryptAsync(hash, Cancel);
        await _store.KeepRenditionAsync(hash, MediaStep.GreyStill, Content(5), Cancel);

        Assert.Empty(PlainFiles());
        Assert.Equal(Content(5), await ReadAsync(_store.OpenRendition(hash, MediaStep.GreyStill)));
    }

    [Fact]
    public async Task Media_ArrivingEncrypted_NeverLiesThereInTheClear()
    {
        byte[] content = Content(7);
        List<string> found = [];
        using Watched source = new(content, () => found.AddRange(PlainFiles()));
        FetchResult arrived = await IncomingMedia.ReceiveAsync(source, _store.IncomingDirectory, 1_000_000, Cancel, encrypt: true);
        using IncomingMedia media = arrived.Media!;
        found.AddRange(PlainFiles());
        bool isNew = await _store.KeepAsync(media, Cancel);
        found.AddRange(PlainFiles());

        Assert.True(isNew);
        Assert.True(source.Looks > 1);
        Assert.Empty(found);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), media.Sha256);
        Assert.Equal(content, await ReadAsync(_store.OpenOriginal(media.Sha256)));
        Assert.Empty(Directory.GetFiles(_store.IncomingDirectory));
    }

    [Fact]
    public async Task SameBytes_ArrivingPlainLater_AreNotStoredPlain()
    {
        (string hash, byte[] content) = await KeepAsync();
        await _store.EncryptAsync(hash, Cancel);
        using MemoryStream again = new(content);
        using IncomingMedia media = (await IncomingMedia.ReceiveAsync(again, _store.IncomingDirectory, 1_000_000, Cancel)).Media!;

        Assert.False(await _store.KeepAsync(media, Cancel));
        Assert.Empty(PlainFiles());
    }

    // What a kill leaves: a draft half written, or both forms of a file.
    [Fact]
    public async Task Encryption_CutShort_LeavesItReadableAndIsFinishedTheNextTime()
    {
        (string hash, byte[] original) = await KeepAsync();
        string path = _store.FindOriginal(hash)!;
        await _store.EncryptAsync(hash, Cancel);
        await File.WriteAllBytesAsync(path, original, Cancel);
        await File.WriteAllBytesAsync(Path.Combine(_store.IncomingDirectory, "half"), new byte[100], Cancel);
        _store = Open();
        byte[] between = await ReadAsync(_store.OpenOriginal(hash));
        await _store.EncryptAsync(hash, Cancel);

        Assert.Equal(original, between);
        Assert.Empty(PlainFiles());
        Assert.Equal(original, await ReadAsync(_store.OpenOriginal(hash)));
    }

    [Fact]
    public async Task EncryptedForm_ThatDoesNotReadBack_CostsNotThePlainOne()
    {
        (string hash, byte[] original) = await KeepAsync();
        string path = _store.FindOriginal(hash)!;
        await _store.EncryptAsync(hash, Cancel);
        await File.WriteAllBytesAsync(path, original, Cancel);
        byte[] broken = await File.ReadAllBytesAsync(path + ".enc", Cancel);
        broken[^1] ^= 1;
        await File.WriteAllBytesAsync(path + ".enc", broken, Cancel);

        await Assert.ThrowsAnyAsync<CryptographicException>(() => _store.EncryptAsync(hash, Cancel));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task EncryptedForm_ThatReadsBackAsSomethingElse_CostsNotThePlainOne()
    {
        (string hash, _) = await KeepAsync();
        string path = _store.FindOriginal(hash)!;
        await using (FileStream file = File.Create(path + ".enc"))
        await using (EncryptingStream other = new(file, MediaKeyFile.InDataDirectory(_folder).Current, $"{hash} step3"))
        {
            await other.WriteAsync(Content(3), Cancel);
            await other.CompleteAsync(Cancel);
        }

        await Assert.ThrowsAsync<IOException>(() => _store.EncryptAsync(hash, Cancel));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task File_PutInTheOthersPlace_IsRefused()
    {
        (string hash, _) = await KeepAsync();
        await _store.KeepRenditionAsync(hash, MediaStep.BlurredStill, Content(2), Cancel);
        await _store.KeepRenditionAsync(hash, MediaStep.GreyStill, Content(3), Cancel);
        await _store.EncryptAsync(hash, Cancel);
        string[] steps = Directory.GetFiles(Path.Combine(_folder, "renditions"), "*.enc", SearchOption.AllDirectories);
        File.Copy(steps.Single(path => path.Contains("step1", StringComparison.Ordinal)), steps.Single(path => path.Contains("step0", StringComparison.Ordinal)), overwrite: true);

        Assert.ThrowsAny<CryptographicException>(() => _store.OpenRendition(hash, MediaStep.BlurredStill));
    }

    [Fact]
    public async Task Key_MadeAtFirstUse_IsTheOwnersAndStays()
    {
        Assert.False(File.Exists(Keys));
        (string hash, byte[] original) = await KeepAsync();
        await _store.EncryptAsync(hash, Cancel);
        byte[] file = await File.ReadAllBytesAsync(Keys, Cancel);
        _store = Open();

        Assert.Equal(original, await ReadAsync(_store.OpenOriginal(hash)));
        Assert.Equal(file, await File.ReadAllBytesAsync(Keys, Cancel));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Keys));
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.GetDirectoryName(Keys)!) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead));
        }
    }

    [Fact]
    public async Task Key_PutBeforeTheOld_EncryptsWhatIsNewAndOldStaysReadable()
    {
        (string old, byte[] content) = await KeepAsync();
        string first = await _store.EncryptAsync(old, Cancel);
        string[] lines = await File.ReadAllLinesAsync(Keys, Cancel);
        await File.WriteAllLinesAsync(Keys, ["# newer", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), .. lines], Cancel);
        _store = Open();
        (string recent, _) = await KeepAsync(9);

        Assert.NotEqual(first, await _store.EncryptAsync(recent, Cancel));
        Assert.Equal(first, await _store.EncryptAsync(old, Cancel));
        Assert.Equal(content, await ReadAsync(_store.OpenOriginal(old)));
    }

    [Fact]
    public async Task Keys_AskedForByManyAtOnce_AreOne()
    {
        MediaKeyFile[] files = [.. Enumerable.Range(0, 16).Select(_ => MediaKeyFile.InDataDirectory(_folder))];
        string[] ids = await Task.WhenAll(files.Select(file => Task.Run(() => file.Current.Id, Cancel)));

        Assert.Single(ids.Distinct());
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Keys)!));
    }

    private FolderMediaStore Open() => new(_folder, MediaKeyFile.InDataDirectory(_folder));

    private static byte[] Content(byte first) => [0xFF, 0xD8, 0xFF, first, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Mark, 4_000)))];

    private List<string> PlainFiles() =>
    [
        .. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
            .Where(path => File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Mark)) >= 0),
    ];

    private async Task<(string Hash, byte[] Content)> KeepAsync(byte first = 1)
    {
        byte[] content = Content(first);
        using MemoryStream source = new(content);
        IncomingMedia media = (await IncomingMedia.ReceiveAsync(source, _store.IncomingDirectory, 1_000_000, Cancel)).Media!;
        await _store.KeepAsync(media, Cancel);
        return (media.Sha256, content);
    }

    private static async Task<byte[]> ReadAsync(Stream? stream)
    {
        await using Stream own = Assert.IsAssignableFrom<Stream>(stream);
        using MemoryStream copy = new();
        await own.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }

    /// <summary>Looks around each time more of it is asked for.</summary>
    private sealed class Watched(byte[] content, Action look) : MemoryStream(content)
    {
        public int Looks { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Looks++;
            look();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
