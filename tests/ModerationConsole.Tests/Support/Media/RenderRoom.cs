using System.Text.Json;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Support.Media;

/// <summary>The renderers of the ladder with a folder that clips are written to.</summary>
public sealed class RenderRoom : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("render-room-").FullName;
    private readonly MediaOptions _options;

    public RenderRoom(Action<MediaOptions>? set = null, TimeProvider? clock = null)
    {
        _options = new MediaOptions();
        set?.Invoke(_options);
        Health = new MediaHealth(clock ?? TimeProvider.System);
        Lowest = new FfmpegRenderer(Options.Create(_options), Health, clock ?? TimeProvider.System);
        Ladder = new LadderRenderer(Lowest.Program, Health);
    }

    public MediaHealth Health { get; }

    public FfmpegRenderer Lowest { get; }

    public string Folder => _folder;

    /// <summary>The bytes of step 2, however they were made.</summary>
    public byte[] Filtered { get; private set; } = [];

    internal LadderRenderer Ladder { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal async Task<LadderResult> RaiseAsync(string path)
    {
        MediaFormat format = Sniff(await File.ReadAllBytesAsync(path, Cancel))!.Value;
        using RenderTarget target = RenderTarget.OnDisk(_folder);
        LadderResult result = await Ladder.RenderAsync(RenderFile.OnDisk(path), format, target.File, compared: true, Cancel);
        Filtered = result.Filtered is null ? [] : result.Filtered.Still?.ToArray() ?? await File.ReadAllBytesAsync(target.File.Path, Cancel);
        return result;
    }

    /// <summary>Raises a file of these bytes.</summary>
    internal Task<LadderResult> RaiseAsync(byte[] content) => RaiseAsync(Keep(content));

    /// <summary>The path of a file of these bytes.</summary>
    public string Keep(byte[] content)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, content);
        return path;
    }

    public static MediaFormat? Sniff(byte[] content) =>
        MediaSniffer.Sniff(content.AsSpan(0, Math.Min(content.Length, MediaSniffer.BytesNeeded)));

    /// <summary>What ffprobe says of a file.</summary>
    public async Task<JsonElement> ProbeAsync(byte[] content)
    {
        string json = await SampleMedia.ProbeAsync(Keep(content));
        return JsonDocument.Parse(json).RootElement.Clone();
    }

    public void Dispose()
    {
        Lowest.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
