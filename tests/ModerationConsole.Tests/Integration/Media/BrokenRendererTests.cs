using System.Diagnostics;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>Scripts stand in for an ffmpeg that misbehaves; ffprobe answers as the real one would.</summary>
public sealed class BrokenRendererTests : IDisposable
{
    private const string FiveSeconds =
        """echo '{"streams":[{"codec_type":"video","width":64,"height":64}],"format":{"duration":"5"}}'""";

    // Only for what would otherwise hang when it is broken; nothing waits this long.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("broken-ffmpeg-").FullName;
    private readonly FakeClock _clock = new();
    private readonly MediaHealth _health;

    public BrokenRendererTests() => _health = new MediaHealth(_clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Renderer_NotInstalled_IsSaidAndWarned()
    {
        using FfmpegRenderer renderer = Renderer("/nowhere/ffmpeg", "/nowhere/ffprobe");

        Assert.False(renderer.LookForRenderer());
        Assert.True(_health.Report.IsWarning);
        Assert.Equal(RenderOutcome.RendererMissing, (await RenderAsync(renderer)).Outcome);
        Assert.Equal((false, RenderOutcome.RendererMissing), (_health.Report.RendererPresent, _health.Report.Failure));
    }

    [Fact]
    public async Task Probe_InstalledWithoutTheRenderer_IsMissingToo()
    {
        using FfmpegRenderer renderer = Renderer("ffmpeg-that-nobody-installed", Script("probe", FiveSeconds));

        Assert.False(renderer.LookForRenderer());
        Assert.Equal(RenderOutcome.RendererMissing, (await RenderAsync(renderer)).Outcome);
    }

    [Fact]
    public void Renderer_OnThePath_IsFound()
    {
        using FfmpegRenderer renderer = Renderer("ffmpeg", "ffprobe");

        Assert.True(renderer.LookForRenderer());
        Assert.Equal(new MediaHealthReport(true, null, null), _health.Report);
    }

    [Fact]
    public async Task Renderer_ThatHangs_IsKilledWithItsChildrenWhenTheTimeIsOver()
    {
        string started = Path.Combine(_folder, "started");
        using FfmpegRenderer renderer = Renderer(Script("hang", $"sleep 600 & echo $! > {started}.part; mv {started}.part {started}; wait"));
        Task<RenderResult> render = RenderAsync(renderer);
        using Process child = Process.GetProcessById(int.Parse(await AppearsAsync(started), System.Globalization.CultureInfo.InvariantCulture));

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(render.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(RenderOutcome.TimedOut, (await render.WaitAsync(s_patience, Cancel)).Outcome);
        await child.WaitForExitAsync(Cancel).WaitAsync(s_patience, Cancel);
        Assert.Equal((true, RenderOutcome.TimedOut, _clock.GetUtcNow()), (_health.Report.RendererPresent, _health.Report.Failure, _health.Report.FailedAt));
    }

    [Fact]
    public async Task Renderer_WhoseCallerCancels_IsKilled()
    {
        string started = Path.Combine(_folder, "started");
        using CancellationTokenSource caller = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using FfmpegRenderer renderer = Renderer(Script("hang", $"echo $$ > {started}.part; mv {started}.part {started}; exec sleep 600"));
        Task<RenderResult> render = renderer.RenderBlurredStillAsync(SampleMedia.Jpeg, MediaFormat.Jpeg, caller.Token);
        using Process child = Process.GetProcessById(int.Parse(await AppearsAsync(started), System.Globalization.CultureInfo.InvariantCulture));
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => render);
        await child.WaitForExitAsync(Cancel).WaitAsync(s_patience, Cancel);
    }

    [Theory]
    [InlineData("kill -SEGV $$")]
    [InlineData("kill -KILL $$")]
    [InlineData("echo nonsense")]
    [InlineData("head -c 100000 /dev/zero")]
    public async Task Renderer_ThatCrashesOrWritesNonsense_HasFailedAndIsWarned(string script)
    {
        using FfmpegRenderer renderer = Renderer(Script("crash", script));

        Assert.Equal(RenderOutcome.Failed, (await RenderAsync(renderer)).Outcome);
        Assert.Equal(RenderOutcome.Failed, _health.Report.Failure);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("cat /dev/zero")]
    public async Task Renderer_ThatWritesWithoutEnd_IsKilledAtTheLimit(string script)
    {
        using FfmpegRenderer renderer = Renderer(Script("endless", script));

        Assert.Equal(RenderOutcome.Failed, (await RenderAsync(renderer)).Outcome);
    }

    [Fact]
    public async Task Renderer_ThatWritesErrorsWithoutEnd_IsKilledWhenTheTimeIsOver()
    {
        string started = Path.Combine(_folder, "started");
        using FfmpegRenderer renderer = Renderer(Script("noisy", $"echo 1 > {started}; yes >&2"));
        Task<RenderResult> render = RenderAsync(renderer);
        await AppearsAsync(started);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(RenderOutcome.TimedOut, (await render.WaitAsync(s_patience, Cancel)).Outcome);
    }

    [Fact]
    public async Task Renderer_ThatFillsTheDisk_IsStoppedByTheLimitOnFiles()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/prlimit"), "Needs prlimit.");
        string size = Path.Combine(_folder, "size");
        using FfmpegRenderer renderer = Renderer(Script("filler", $"head -c 80000000 /dev/zero > big; stat -c %s big > {size}; exit 1"));
        await RenderAsync(renderer);

        Assert.Equal(64 << 20, int.Parse(await File.ReadAllTextAsync(size, Cancel), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Renderer_ThatEatsMemory_IsRefusedMoreThanOneGibibyte()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/prlimit"), "Needs prlimit.");
        string limit = Path.Combine(_folder, "limit");
        using FfmpegRenderer renderer = Renderer(Script("limits", $"ulimit -v > {limit}"));
        await RenderAsync(renderer);

        Assert.Equal("1048576", (await File.ReadAllTextAsync(limit, Cancel)).Trim());
    }

    [Fact]
    public async Task Renderer_IsGivenNoSecretsAndAFolderOfItsOwnThatGoesAway()
    {
        string seen = Path.Combine(_folder, "seen");
        Environment.SetEnvironmentVariable("ConnectionStrings__Console", "Password=secret");
        try
        {
            using FfmpegRenderer renderer = Renderer(Script("spy", $"touch leftover; env > {seen}; pwd >> {seen}"));
            await RenderAsync(renderer);
        }
        finally
        {
            Environment.SetEnvironmentVariable("ConnectionStrings__Console", null);
        }

        string[] lines = await File.ReadAllLinesAsync(seen, Cancel);
        string[] names = [.. lines[..^1].Select(line => line.Split('=')[0]).Except(["PWD", "OLDPWD", "SHLVL", "_"]).Order(StringComparer.Ordinal)];
        Assert.Equal(["HOME", "LANG", "PATH", "TMPDIR"], names);
        Assert.False(Directory.Exists(lines[^1]));
    }

    [Fact]
    public async Task Renderer_AskedForMany_DrawsTwoAtATime()
    {
        string log = Path.Combine(_folder, "log");
        Directory.CreateDirectory(log);
        using FfmpegRenderer renderer = Renderer(Script(
            "slow", $"touch {log}/$$; ls {log} | wc -l >> {_folder}/counts; sleep 0.2; rm {log}/$$; exit 1"));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RenderAsync(renderer)));

        int[] counts = [.. (await File.ReadAllLinesAsync(Path.Combine(_folder, "counts"), Cancel)).Select(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(6, counts.Length);
        Assert.InRange(counts.Max(), 1, 2);
    }

    [Fact]
    public async Task Warning_EndsWithTheNextStill()
    {
        using (FfmpegRenderer broken = Renderer(Script("crash", "kill -SEGV $$")))
        {
            await RenderAsync(broken);
        }

        Assert.True(_health.Report.IsWarning);
        using FfmpegRenderer sound = Renderer("ffmpeg", "ffprobe");
        await RenderAsync(sound);

        Assert.False(_health.Report.IsWarning);
    }

    private static Task<RenderResult> RenderAsync(FfmpegRenderer renderer) =>
        renderer.RenderBlurredStillAsync(SampleMedia.Jpeg, MediaFormat.Jpeg, Cancel);

    // The script says that it runs by a file; there is nothing else to wait on.
    private static async Task<string> AppearsAsync(string path)
    {
        while (!File.Exists(path))
        {
            await Task.Delay(10, Cancel);
        }

        return await File.ReadAllTextAsync(path, Cancel);
    }

    private string Script(string name, string body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-ins are shell scripts.");
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }

    private FfmpegRenderer Renderer(string ffmpeg, string? ffprobe = null) => new(
        Options.Create(new MediaOptions
        {
            FfmpegPath = ffmpeg, FfprobePath = ffprobe ?? Script("probe", FiveSeconds), Sandbox = SandboxUse.Off,
        }), _health, _clock);
}
