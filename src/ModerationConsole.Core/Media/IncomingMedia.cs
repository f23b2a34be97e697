using System.Buffers;
using System.Security.Cryptography;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Media;

/// <summary>A file that has arrived whole but is not stored yet; disposing of it removes it.</summary>
public sealed class IncomingMedia : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int Broken = -1;
    private const string Binding = "incoming";

    private readonly MediaKey? _key;

    private IncomingMedia(string path, string sha256, long length, MediaFormat format, MediaKey? key)
    {
        _key = key;
        Path = path;
        Sha256 = sha256;
        Length = length;
        Format = format;
    }

    /// <summary>Where it lies until it is stored.</summary>
    public string Path { get; }

    /// <summary>Hash of the whole content, 64 lower-case hex digits.</summary>
    public string Sha256 { get; }

    /// <summary>Bytes.</summary>
    public long Length { get; }

    public MediaFormat Format { get; }

    /// <summary>Whether its file is encrypted, with a key that only this object holds.</summary>
    public bool IsEncrypted => _key is not null;

    /// <summary>Its content, in the clear; the receiver disposes of it.</summary>
    public Stream OpenRead() => _key is null
        ? new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.Asynchronous)
        : DecryptingStream.Open(Path, id => id == _key.Id ? _key : null, Binding);

    /// <summary>
    /// Reads a stream into a file of the directory, hashing and counting as it goes. Stops at the first bytes that
    /// are of no known format, and at the byte after the limit; nothing is left behind then.
    /// </summary>
    /// <param name="encrypt">Whether no byte of it may lie on the disk in the clear.</param>
    public static async Task<FetchResult> ReceiveAsync(
        Stream source, string directory, long maxBytes, CancellationToken cancellationToken, bool encrypt = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        PrivateFiles.CreateDirectory(directory);
        var path = System.IO.Path.Combine(directory, Guid.CreateVersion7().ToString("N"));
        var kept = false;
        try
        {
            var result = await WriteAsync(source, path, maxBytes, encrypt ? MediaKey.Random() : null, cancellationToken).ConfigureAwait(false);
            kept = result.Media is not null;
            return result;
        }
        finally
        {
            if (!kept)
            {
                File.Delete(path);
            }
        }
    }

    public void Dispose() => File.Delete(Path);

    private static async Task<FetchResult> WriteAsync(
        Stream source, string path, long maxBytes, MediaKey? key, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var file = PrivateFiles.Create(path);
            await using var _ = file.ConfigureAwait(false);
            var encrypting = key is null ? null : new EncryptingStream(file, key, Binding);
            await using var __ = (encrypting ?? Stream.Null).ConfigureAwait(false);
            var target = encrypting ?? (Stream)file;

            // Enough for the sniffer comes first, so that a wrong file is refused before it costs anything.
            var count = await ReadAsync(source, buffer, MediaSniffer.BytesNeeded, cancellationToken).ConfigureAwait(false);
            if (count == Broken)
            {
                return new FetchResult(FetchOutcome.Unreachable);
            }

            if (MediaSniffer.Sniff(buffer.AsSpan(0, count)) is not { } format)
            {
                return new FetchResult(FetchOutcome.WrongType);
            }

            long length = 0;
            while (count > 0)
            {
                length += count;
                if (length > maxBytes)
                {
                    return new FetchResult(FetchOutcome.TooLarge);
                }

                hash.AppendData(buffer, 0, count);
                await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                count = await ReadAsync(source, buffer, 1, cancellationToken).ConfigureAwait(false);
            }

            if (count == Broken)
            {
                return new FetchResult(FetchOutcome.Unreachable);
            }

            if (encrypting is not null)
            {
                await encrypting.CompleteAsync(cancellationToken).ConfigureAwait(false);
            }

            file.Flush(flushToDisk: true);
            var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            return new FetchResult(FetchOutcome.Fetched, new IncomingMedia(path, sha256, length, format, key));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Only the source's failures are outcomes; a disk that is full is the console's own trouble and is thrown.
    private static async Task<int> ReadAsync(
        Stream source, byte[] buffer, int least, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAtLeastAsync(buffer, least, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return Broken;
        }
    }
}
