namespace ModerationConsole.Core.Media;

/// <summary>Bytes that end as soon as they may no longer be seen: asked again while they are read, at most once a second.</summary>
internal sealed class WatchedStream(Stream inner, Func<CancellationToken, ValueTask<bool>> stillAllowed, TimeProvider clock) : Stream
{
    private static readonly TimeSpan s_trust = TimeSpan.FromSeconds(1);

    private long _asked = clock.GetTimestamp();

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <exception cref="OperationCanceledException">It may no longer be seen; the answer is broken off.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (clock.GetElapsedTime(_asked) >= s_trust)
        {
            if (!await stillAllowed(cancellationToken).ConfigureAwait(false))
            {
                throw new OperationCanceledException("The media may no longer be seen.");
            }

            _asked = clock.GetTimestamp();
        }

        return await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Reading without asking is not offered.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
