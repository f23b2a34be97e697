using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>A stored original, opened for the renderer, or why it cannot be.</summary>
internal sealed class RenderSource : IDisposable
{
    private readonly RenderFile? _file;
    private readonly string _sha256 = string.Empty;

    private RenderSource(MediaProblem problem) => Problem = problem;

    private RenderSource(string sha256, RenderFile file, MediaFormat format, long bytes) =>
        (_sha256, _file, Format, Bytes) = (sha256, file, format, bytes);

    public MediaProblem? Problem { get; }

    /// <summary>The file; only where there is no problem.</summary>
    public RenderFile File => _file ?? throw new InvalidOperationException("The original could not be opened.");

    public MediaFormat Format { get; }

    public long Bytes { get; }

    public static async Task<RenderSource> OpenAsync(IMediaStore store, string sha256, CancellationToken cancellationToken)
    {
        var original = store.OpenOriginal(sha256);
        if (original is null)
        {
            return new RenderSource(MediaProblem.OriginalLost);
        }

        await using var _ = original.ConfigureAwait(false);
        var start = new byte[MediaSniffer.BytesNeeded];
        var count = await original.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        if (MediaSniffer.Sniff(start.AsSpan(0, count)) is not { } format)
        {
            return new RenderSource(MediaProblem.WrongType);
        }

        if (store.FindOriginal(sha256) is { } path)
        {
            return new RenderSource(sha256, RenderFile.OnDisk(path), format, original.Length);
        }

        // Encrypted: in the clear it exists in memory only.
        if (RenderFile.TryInMemory() is not { } memory)
        {
            return new RenderSource(MediaProblem.EncryptedHere);
        }

        var copy = memory.Open(FileAccess.Write);
        await using var __ = copy.ConfigureAwait(false);
        original.Position = 0;
        await original.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return new RenderSource(sha256, memory, format, original.Length);
    }

    /// <summary>Whether the file on the disk is no longer where it was opened.</summary>
    public bool WasMoved(IMediaStore store) => _file is { Handle: null } && store.FindOriginal(_sha256) is null;

    /// <summary>An empty file for what is encoded from it; in memory, where the original is.</summary>
    public RenderTarget NewTarget(IMediaStore store) => _file?.Handle is null
        ? RenderTarget.OnDisk(store.IncomingDirectory)
        : RenderTarget.InMemory();

    public void Dispose() => _file?.Dispose();
}

/// <summary>An empty file that a renderer fills; disposing of it removes it.</summary>
internal sealed class RenderTarget : IDisposable
{
    private readonly bool _onDisk;

    private RenderTarget(RenderFile file, bool onDisk) => (File, _onDisk) = (file, onDisk);

    public RenderFile File { get; }

    public static RenderTarget OnDisk(string directory)
    {
        PrivateFiles.CreateDirectory(directory);
        var path = Path.Combine(directory, Guid.CreateVersion7().ToString("N"));
        PrivateFiles.Create(path).Dispose();
        return new RenderTarget(RenderFile.OnDisk(path), onDisk: true);
    }

    /// <exception cref="PlatformNotSupportedException">The system has no files in memory.</exception>
    public static RenderTarget InMemory() =>
        new(RenderFile.TryInMemory() ?? throw new PlatformNotSupportedException("There are no files in memory here."), onDisk: false);

    public void Dispose()
    {
        File.Dispose();
        if (_onDisk)
        {
            System.IO.File.Delete(File.Path);
        }
    }
}
