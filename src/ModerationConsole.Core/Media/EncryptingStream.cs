namespace ModerationConsole.Core.Media;

/// <summary>
/// Encrypts what is written to it. The file is whole only after <see cref="CompleteAsync"/>: one that was broken off is
/// never taken for whole.
/// </summary>
internal sealed class EncryptingStream : Stream
{
    private readonly Stream _target;
    private readonly MediaCipher _cipher;
    private readonly byte[] _plain = new byte[MediaCipher.ChunkBytes];
    private readonly byte[] _sealed = new byte[MediaCipher.SealedBytes];
    private int _held;
    private uint _number;
    private bool _begun;

    public EncryptingStream(Stream target, MediaKey key, string binding) =>
        (_target, _cipher) = (target, MediaCipher.Begin(key, binding));

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            // A full chunk is kept until more comes: only then is it known not to be the last.
            if (_held == _plain.Length)
            {
                await FlushChunkAsync(isLast: false, cancellationToken).ConfigureAwait(false);
            }

            var count = Math.Min(buffer.Length, _plain.Length - _held);
            buffer[..count].CopyTo(_plain.AsMemory(_held));
            _held += count;
            buffer = buffer[count..];
        }
    }

    /// <summary>Writes the last chunk.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => FlushChunkAsync(isLast: true, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Written asynchronously only.");

    public override void Flush()
    {
        // What is held back is written when more comes or when it is complete.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            Array.Clear(_plain);
        }

        base.Dispose(disposing);
    }

    private async Task FlushChunkAsync(bool isLast, CancellationToken cancellationToken)
    {
        if (!_begun)
        {
            await _target.WriteAsync(_cipher.Header, cancellationToken).ConfigureAwait(false);
            _begun = true;
        }

        _cipher.Seal(_number, isLast, _plain.AsSpan(0, _held), _sealed);
        await _target.WriteAsync(_sealed.AsMemory(0, _held + MediaCipher.TagBytes), cancellationToken).ConfigureAwait(false);
        _number = checked(_number + 1);
        _held = 0;
    }
}
