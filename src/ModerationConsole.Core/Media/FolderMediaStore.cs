using System.Security.Cryptography;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Keeps originals in <c>media/ab/cd/hash</c> and renditions in <c>renditions/ab/cd/hash/</c> of the data directory, those
/// of child-safety media encrypted and with <c>.enc</c> behind their names. A file appears under its name only when it is
/// whole and on the disk.
/// </summary>
public sealed class FolderMediaStore : IMediaStore
{
    private readonly MediaPaths _paths;
    private readonly IMediaKeyProvider _keys;

    public FolderMediaStore(string dataDirectory, IMediaKeyProvider keys)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        _paths = new MediaPaths(Path.GetFullPath(dataDirectory));
        _keys = keys;
        IncomingDirectory = Path.Combine(_paths.Originals, "incoming");
    }

    public string IncomingDirectory { get; }

    public async Task<bool> KeepAsync(IncomingMedia media, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(media);
        cancellationToken.ThrowIfCancellationRequested();
        var target = _paths.Of(media.Sha256, MediaStep.Original);
        var isNew = !File.Exists(target.Plain) && !File.Exists(target.Encrypted);
        if (media.IsEncrypted && !File.Exists(target.Encrypted))
        {
            var content = media.OpenRead();
            await using var _ = content.ConfigureAwait(false);
            await PublishAsync(content, target, encrypted: true, cancellationToken).ConfigureAwait(false);
        }
        else if (isNew)
        {
            Publish(media.Path, target.Plain);
        }

        RemovePlainTwin(target);
        media.Dispose();
        return isNew;
    }

    public string? FindOriginal(string sha256) =>
        _paths.TryOf(sha256, MediaStep.Original) is { } file && !File.Exists(file.Encrypted) && File.Exists(file.Plain) ? file.Plain : null;

    public Stream? OpenOriginal(string sha256) => TryOpen(_paths.TryOf(sha256, MediaStep.Original));

    public async Task KeepRenditionAsync(
        string sha256, MediaStep step, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream(content.ToArray(), writable: false);
        await KeepRenditionAsync(sha256, step, copy, cancellationToken).ConfigureAwait(false);
    }

    public async Task KeepRenditionAsync(string sha256, MediaStep step, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var target = _paths.Of(sha256, step);
        var encrypted = IsEncrypted(sha256);
        await PublishAsync(content, target, encrypted, cancellationToken).ConfigureAwait(false);
        // Whoever encrypts begins with the original and looks for renditions after: one of the two sees the other.
        if (!encrypted && IsEncrypted(sha256))
        {
            await EncryptAsync(target, cancellationToken).ConfigureAwait(false);
        }

        RemovePlainTwin(target);
    }

    public Stream? OpenRendition(string sha256, MediaStep step) => TryOpen(_paths.TryOf(sha256, step));

    public async Task<string> EncryptAsync(string sha256, CancellationToken cancellationToken)
    {
        foreach (var step in MediaPaths.Steps)
        {
            await EncryptAsync(_paths.Of(sha256, step), cancellationToken).ConfigureAwait(false);
        }

        var original = _paths.Of(sha256, MediaStep.Original).Encrypted;
        if (!File.Exists(original))
        {
            return _keys.Current.Id;
        }

        var header = new byte[MediaCipher.HeaderBytes];
        using var file = File.OpenHandle(original);
        var count = RandomAccess.Read(file, header, 0);
        return MediaCipher.KeyIdOf(header.AsSpan(0, count));
    }

    public void DiscardAbandoned(DateTimeOffset arrivedBefore)
    {
        var directory = new DirectoryInfo(IncomingDirectory);
        foreach (var file in directory.Exists ? directory.EnumerateFiles() : [])
        {
            if (file.LastWriteTimeUtc < arrivedBefore.UtcDateTime)
            {
                file.Delete();
            }
        }
    }

    public void Remove(string sha256)
    {
        foreach (var step in MediaPaths.Steps)
        {
            var file = _paths.Of(sha256, step);
            if (Directory.Exists(Path.GetDirectoryName(file.Plain)))
            {
                File.Delete(file.Plain);
                File.Delete(file.Encrypted);
            }
        }
    }

    private bool IsEncrypted(string sha256) => File.Exists(_paths.Of(sha256, MediaStep.Original).Encrypted);

    // Killed anywhere in here, the file is readable under one of its names, or under both.
    private async Task EncryptAsync(StoredFile file, CancellationToken cancellationToken)
    {
        if (TryOpenPlain(file.Plain) is not { } plain)
        {
            return;
        }

        await using (plain.ConfigureAwait(false))
        {
            if (!File.Exists(file.Encrypted))
            {
                await PublishAsync(plain, file, encrypted: true, cancellationToken).ConfigureAwait(false);
            }

            plain.Position = 0;
            await DemandSameAsync(plain, file, cancellationToken).ConfigureAwait(false);
        }

        RemovePlainTwin(file);
    }

    // The only copy of evidence is not removed before the other was read back.
    private async Task DemandSameAsync(Stream plain, StoredFile file, CancellationToken cancellationToken)
    {
        var encrypted = DecryptingStream.Open(file.Encrypted, _keys.Find, file.Binding);
        await using var _ = encrypted.ConfigureAwait(false);
        var before = await SHA256.HashDataAsync(plain, cancellationToken).ConfigureAwait(false);
        var after = await SHA256.HashDataAsync(encrypted, cancellationToken).ConfigureAwait(false);
        if (!before.AsSpan().SequenceEqual(after))
        {
            throw new IOException("A file was not encrypted as it was; the plain one is kept.");
        }
    }

    private async Task PublishAsync(Stream content, StoredFile target, bool encrypted, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateDirectory(IncomingDirectory);
        var draft = Path.Combine(IncomingDirectory, Guid.CreateVersion7().ToString("N"));
        try
        {
            var file = PrivateFiles.Create(draft);
            await using (file.ConfigureAwait(false))
            {
                if (encrypted)
                {
                    await CopyEncryptedAsync(content, file, target.Binding, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
                }

                file.Flush(flushToDisk: true);
            }

            Publish(draft, encrypted ? target.Encrypted : target.Plain);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private async Task CopyEncryptedAsync(Stream content, Stream target, string binding, CancellationToken cancellationToken)
    {
        var encrypting = new EncryptingStream(target, _keys.Current, binding);
        await using var _ = encrypting.ConfigureAwait(false);
        await content.CopyToAsync(encrypting, cancellationToken).ConfigureAwait(false);
        await encrypting.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    // Replacing is safe: under a hash there is only ever the same content, and readers keep the file they opened.
    private static void Publish(string source, string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        PrivateFiles.CreateDirectory(folder);
        File.Move(source, target, overwrite: true);
        PrivateFiles.FlushDirectory(folder);
    }

    private static void RemovePlainTwin(StoredFile file)
    {
        if (File.Exists(file.Encrypted) && File.Exists(file.Plain))
        {
            File.Delete(file.Plain);
            PrivateFiles.FlushDirectory(Path.GetDirectoryName(file.Plain)!);
        }
    }

    // Encrypted first, and once more after plain: between two looks the one may have become the other.
    private Stream? TryOpen(StoredFile? file) => file is null
        ? null
        : TryDecrypt(file) ?? (Stream?)TryOpenPlain(file.Plain) ?? TryDecrypt(file);

    private DecryptingStream? TryDecrypt(StoredFile file)
    {
        try
        {
            return DecryptingStream.Open(file.Encrypted, _keys.Find, file.Binding);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static FileStream? TryOpenPlain(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Access = FileAccess.Read,
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous,
            });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
