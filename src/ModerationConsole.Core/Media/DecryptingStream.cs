using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Reads an encrypted file as if it were plain, from any place: a seek costs one chunk. Every byte that it gives was
/// checked; a chunk that fails throws <see cref="CryptographicException"/>.
/// </summary>
internal sealed class DecryptingStream : Stream
{
    private readonly SafeFileHandle _file;
    private readonly MediaCipher _cipher;
    private readonly long _lastChunk;
    private readonly byte[] _sealed = new byte[MediaCipher.SealedBytes];
    private readonly byte[] _plain = new byte[MediaCipher.ChunkBytes];
    private readonly long _fileBytes;
    private long _held = -1;
    private int _heldBytes;
    private long _position;

    private DecryptingStream(SafeFileHandle file, MediaCipher cipher, long fileBytes)
    {
        (_file, _cipher, _fileBytes) = (file, cipher, fileBytes);
        var body = fileBytes - MediaCipher.HeaderBytes;
        var chunks = (body + MediaCipher.SealedBytes - 1) / MediaCipher.SealedBytes;
        _lastChunk = chunks - 1;
        Length = body - (chunks * MediaCipher.TagBytes);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>Opens a file of which nothing was cut off: its last chunk is read at once.</summary>
    /// <exception cref="CryptographicException">It is not whole, not this file, or its key is not known.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static DecryptingStream Open(string path, Func<string, MediaKey?> find, string binding)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.Asynchronous);
        MediaCipher? cipher = null;
        try
        {
            var header = new byte[MediaCipher.HeaderBytes];
            var count = RandomAccess.Read(file, header, 0);
            cipher = MediaCipher.Resume(header[..count], find, binding);
            var bytes = RandomAccess.GetLength(file);
            var rest = (bytes - MediaCipher.HeaderBytes) % MediaCipher.SealedBytes;
            if (bytes < MediaCipher.HeaderBytes + MediaCipher.TagBytes || rest is > 0 and < MediaCipher.TagBytes)
            {
                throw new CryptographicException("An encrypted file was cut.");
            }

            var stream = new DecryptingStream(file, cipher, bytes);
            stream.Hold(stream._lastChunk);
            return stream;
        }
        catch
        {
            cipher?.Dispose();
            file.Dispose();
            throw;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        if (_held != _position / MediaCipher.ChunkBytes)
        {
            Hold(_position / MediaCipher.ChunkBytes);
        }

        return Take(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        var chunk = _position / MediaCipher.ChunkBytes;
        if (_held != chunk)
        {
            var (at, bytes) = Place(chunk);
            await ReadWholeAsync(_sealed.AsMemory(0, bytes), at, cancellationToken).ConfigureAwait(false);
            Check(chunk, bytes);
        }

        return Take(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = offset + origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => _position,
            SeekOrigin.End => Length,
            _ => throw new ArgumentOutOfRangeException(nameof(origin)),
        };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        return _position = target;
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            _file.Dispose();
            Array.Clear(_plain);
        }

        base.Dispose(disposing);
    }

    private int Take(Span<byte> buffer)
    {
        var at = (int)(_position % MediaCipher.ChunkBytes);
        var count = Math.Min(buffer.Length, _heldBytes - at);
        _plain.AsSpan(at, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private void Hold(long chunk)
    {
        var (at, bytes) = Place(chunk);
        for (var read = 0; read < bytes;)
        {
            var count = RandomAccess.Read(_file, _sealed.AsSpan(read, bytes - read), at + read);
            read += count > 0 ? count : throw new CryptographicException("An encrypted file was cut.");
        }

        Check(chunk, bytes);
    }

    private async Task ReadWholeAsync(Memory<byte> target, long at, CancellationToken cancellationToken)
    {
        for (var read = 0; read < target.Length;)
        {
            var count = await RandomAccess.ReadAsync(_file, target[read..], at + read, cancellationToken).ConfigureAwait(false);
            read += count > 0 ? count : throw new CryptographicException("An encrypted file was cut.");
        }
    }

    private (long At, int Bytes) Place(long chunk)
    {
        var at = MediaCipher.HeaderBytes + (chunk * MediaCipher.SealedBytes);
        return (at, (int)Math.Min(MediaCipher.SealedBytes, _fileBytes - at));
    }

    private void Check(long chunk, int bytes)
    {
        _held = -1;
        _heldBytes = _cipher.Open(checked((uint)chunk), chunk == _lastChunk, _sealed.AsSpan(0, bytes), _plain);
        _held = chunk;
    }
}
