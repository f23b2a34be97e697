using System.Collections.Concurrent;

namespace ModerationConsole.Core.Media;

/// <summary>
/// Cuts a still of the ladder into its tiles, all of them in one run of the renderer, and keeps them for as long as someone is
/// looking around. In memory only: tiles of encrypted media must not lie on any disk.
/// </summary>
public sealed class TileCutter(FfmpegRenderer renderer, TimeProvider clock)
{
    private const int MostKept = 24;
    private const int MostBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan s_keep = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Sha256, MediaStep Step), Cut> _cuts = new();

    /// <summary>One tile as a JPEG, or null when it cannot be cut here.</summary>
    /// <param name="still">The whole; read and disposed of.</param>
    public async Task<ReadOnlyMemory<byte>?> CutAsync(string sha256, MediaStep step, Stream still, MediaTile tile, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(still);
        ArgumentNullException.ThrowIfNull(tile);
        await using var _ = still.ConfigureAwait(false);
        DropOld();
        if (!_cuts.TryGetValue((sha256, step), out var cut))
        {
            var tiles = await AllAsync(still, cancellationToken).ConfigureAwait(false);
            if (tiles is null)
            {
                return null;
            }

            cut = new Cut(tiles);
            _cuts[(sha256, step)] = cut;
        }

        cut.LastUsed = clock.GetUtcNow();
        return cut.Tiles[(tile.Y * MediaTile.Across) + tile.X];
    }

    private void DropOld()
    {
        var now = clock.GetUtcNow();
        foreach (var (key, cut) in _cuts.OrderByDescending(one => one.Value.LastUsed).Select((one, place) => (one, place))
                     .Where(one => one.place >= MostKept - 1 || one.one.Value.LastUsed + s_keep < now).Select(one => one.one).ToList())
        {
            _cuts.TryRemove(new KeyValuePair<(string, MediaStep), Cut>(key, cut));
        }
    }

    private async Task<IReadOnlyList<byte[]>?> AllAsync(Stream still, CancellationToken cancellationToken)
    {
        // Where there are no files in memory nothing is cut: a copy on the disk would outlive a crash.
        using var file = RenderFile.TryInMemory();
        if (file is null)
        {
            return null;
        }

        var copy = file.Open(FileAccess.Write);
        await using (copy.ConfigureAwait(false))
        {
            await still.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        }

        using var turn = await renderer.Program.EnterAsync(cancellationToken).ConfigureAwait(false);
        var drawn = await renderer.Program.DrawAsync(file, FfmpegArguments.Tiles(file.Path, MediaTile.Across), MostBytes, cancellationToken).ConfigureAwait(false);
        return RendererProgram.Trouble(drawn) is null && Split(drawn.Output) is { Count: MediaTile.Across * MediaTile.Across } tiles ? tiles : null;
    }

    // Pictures written one behind the other. Inside one an end marker is never followed by a start marker.
    private static List<byte[]> Split(ReadOnlySpan<byte> output)
    {
        ReadOnlySpan<byte> seam = [0xFF, 0xD9, 0xFF, 0xD8];
        List<byte[]> pictures = [];
        while (!output.IsEmpty)
        {
            var at = output.IndexOf(seam);
            var length = at < 0 ? output.Length : at + 2;
            var picture = output[..length].ToArray();
            if (!JpegHeader.TryReadSize(picture, out var _, out var _))
            {
                return [];
            }

            pictures.Add(picture);
            output = output[length..];
        }

        return pictures;
    }

    private sealed class Cut(IReadOnlyList<byte[]> tiles)
    {
        public IReadOnlyList<byte[]> Tiles => tiles;

        public DateTimeOffset LastUsed { get; set; }
    }
}
