using System.Buffers;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Keeps originals in <c>media/ab/cd/hash</c> and renditions in <c>renditions/ab/cd/hash/</c> of the data directory.
/// A file appears under its name only when it is whole and on the disk.
/// </summary>
public sealed class FolderMediaStore : IMediaStore
{
    private const int HashLength = 64;
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");
    private readonly string _originals;
    private readonly string _renditions;

    public FolderMediaStore(string dataDirectory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataDirectory);
        var root = Path.GetFullPath(dataDirectory);
        _originals = Path.Combine(root, "media");
        _renditions = Path.Combine(root, "renditions");
        IncomingDirectory = Path.Combine(_originals, "incoming");
    }

    public string IncomingDirectory { get; }

    public Task<bool> KeepAsync(IncomingMedia media, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(media);
        cancellationToken.ThrowIfCancellationRequested();
        var target = OriginalPath(media.Sha256);
        if (File.Exists(target))
        {
            media.Dispose();
            return Task.FromResult(false);
        }

        Publish(media.Path, target);
        return Task.FromResult(true);
    }

    public string? FindOriginal(string sha256) =>
        IsHash(sha256) && OriginalPath(sha256) is var path && File.Exists(path) ? path : null;

    public Stream? OpenOriginal(string sha256) => IsHash(sha256) ? TryOpen(OriginalPath(sha256)) : null;

    public async Task KeepRenditionAsync(
        string sha256, MediaStep step, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream(content.ToArray(), writable: false);
        await KeepRenditionAsync(sha256, step, copy, cancellationToken).ConfigureAwait(false);
    }

    public async Task KeepRenditionAsync(string sha256, MediaStep step, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var target = RenditionPath(sha256, step);
        PrivateFiles.CreateDirectory(IncomingDirectory);
        var source = Path.Combine(IncomingDirectory, Guid.CreateVersion7().ToString("N"));
        try
        {
            var file = PrivateFiles.Create(source);
            await using (file.ConfigureAwait(false))
            {
                await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            Publish(source, target);
        }
        finally
        {
            File.Delete(source);
        }
    }

    public Stream? OpenRendition(string sha256, MediaStep step) =>
        IsHash(sha256) ? TryOpen(RenditionPath(sha256, step)) : null;

    /// <summary>Removes files that a killed process left half arrived.</summary>
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

    // Replacing is safe: under a hash there is only ever the same content, and readers keep the file they opened.
    private static void Publish(string source, string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        PrivateFiles.CreateDirectory(folder);
        File.Move(source, target, overwrite: true);
        PrivateFiles.FlushDirectory(folder);
    }

    private static FileStream? TryOpen(string path)
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

    private string OriginalPath(string sha256) => Path.Combine(Fan(_originals, sha256), sha256);

    private string RenditionPath(string sha256, MediaStep step) =>
        Path.Combine(Fan(_renditions, sha256), sha256, FormattableString.Invariant($"step{(int)step}{Suffix(step)}"));

    // What step 2 is, its row says.
    private static string Suffix(MediaStep step) => step is MediaStep.BlurredStill or MediaStep.GreyStill ? ".jpg" : string.Empty;

    // Every path is made here, and only of 64 hex digits: no name from outside can lead anywhere else.
    private static string Fan(string root, string sha256) => IsHash(sha256)
        ? Path.Combine(root, sha256[..2], sha256[2..4])
        : throw new ArgumentException("Not a SHA-256 hash in lower-case hex digits.", nameof(sha256));

    private static bool IsHash(string? text) =>
        text is { Length: HashLength } && !text.AsSpan().ContainsAnyExcept(s_hexDigits);
}
