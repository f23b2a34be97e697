using System.Net;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Support.Media;

/// <summary>A fetcher, a host on loopback and a clock that stands still.</summary>
public abstract class MediaFetcherTest : IAsyncLifetime
{
    // Only for what would otherwise hang when it is broken; nothing waits this long.
    private protected static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private protected static readonly byte[] s_jpegStart = [0xFF, 0xD8, 0xFF, 0xE0];
    private protected readonly string _folder = Directory.CreateTempSubdirectory("media-fetch-").FullName;
    private protected readonly MediaHost _host = new();
    private protected readonly FakeClock _clock = new();

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Incoming => Path.Combine(_folder, "media", "incoming");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static byte[] Jpeg(int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        s_jpegStart.CopyTo(bytes, 0);
        return bytes;
    }

    private protected static async Task<long> PourAsync(Stream stream, CancellationToken cancellationToken, bool chunked = false)
    {
        byte[] block = Jpeg(65_536);
        byte[] head = chunked ? "10000\r\n"u8.ToArray() : [];
        byte[] tail = chunked ? "\r\n"u8.ToArray() : [];
        long sent = 0;
        try
        {
            // "Endless" has an end here, so that a fetcher without a limit fails instead of filling the disk.
            while (sent < 64_000_000)
            {
                await stream.WriteAsync((byte[])[.. head, .. block, .. tail], cancellationToken);
                sent += block.Length;
            }
        }
        catch (IOException)
        {
            // Cut off.
        }

        return sent;
    }

    private protected string[] Left() => Directory.Exists(Incoming) ? Directory.GetFiles(Incoming) : [];

    private protected MediaFetcher Fetcher(params string[] hosts) => Fetcher(hosts.Length == 0 ? [_host.Name] : hosts, Dns.GetHostAddressesAsync);

    private protected MediaFetcher Fetcher(string[] hosts, HostResolver resolver) => new(
        Options.Create(new MediaOptions { AllowedHosts = hosts, MaxBytes = 1_000_000 }),
        new FolderMediaStore(_folder, MediaKeyFile.InDataDirectory(_folder)),
        _clock,
        resolver);
}
