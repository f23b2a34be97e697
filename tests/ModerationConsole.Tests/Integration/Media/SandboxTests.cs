using System.Diagnostics;
using System.Text;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>What a renderer sees and may do. Where the kernel refuses sandboxes these say that limits are left.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Renderer_InASandbox_SeesNothingButItsFileAndThePrograms()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "console.db"), "secret", Cancel);
        string input = Path.Combine(_folder, "input");
        await File.WriteAllTextAsync(input, "picture", Cancel);
        string script = Scripts.Write(_folder, "ffmpeg", $"""
            echo "uid $(id -u)"
            echo "reads $(cat {input})"
            echo "beside $(ls {_folder} | tr '\n' ' ')"
            echo "processes $(ls /proc | grep -c '^[0-9]')"
            echo "network $(cat /proc/net/dev | grep -c ':' )"
            echo "passwords $(cat /etc/passwd 2>/dev/null | wc -l)"
            (echo x > {input}) 2>/dev/null && echo "wrote its input"
            (echo x > /usr/written) 2>/dev/null && echo "wrote a program"
            (echo x > {_folder}/written) 2>/dev/null && test -e {_folder}/written && echo "wrote beside"
            exit 0
            """);
        using RenderRoom room = new(options => options.FfmpegPath = script);
        ProcessResult run = await room.Lowest.Program.DrawAsync(RenderFile.OnDisk(input), ["x"], 100_000, Cancel);
        string[] lines = Encoding.UTF8.GetString(run.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        if (!await KernelAllowsAsync())
        {
            Assert.Equal(RendererConfinement.LimitsOnly, room.Health.Report.Confinement);
            return;
        }

        Assert.Equal(RendererConfinement.Sandboxed, room.Health.Report.Confinement);
        Assert.Contains("uid 65534", lines);
        Assert.Contains("reads picture", lines);
        Assert.Contains("beside ffmpeg input ", lines);
        Assert.DoesNotContain(lines, line => line.Contains("console.db", StringComparison.Ordinal));
        Assert.Contains("network 1", lines);
        Assert.Contains("passwords 0", lines);
        Assert.InRange(int.Parse(lines.Single(line => line.StartsWith("processes ", StringComparison.Ordinal))[10..], System.Globalization.CultureInfo.InvariantCulture), 1, 8);
        Assert.DoesNotContain("wrote its input", lines);
        Assert.DoesNotContain("wrote a program", lines);
        Assert.Equal("picture", await File.ReadAllTextAsync(input, Cancel));
        Assert.False(File.Exists(Path.Combine(_folder, "written")));
    }

    [Theory]
    [InlineData(SandboxUse.Auto, RendererConfinement.LimitsOnly)]
    [InlineData(SandboxUse.Off, RendererConfinement.LimitsOnly)]
    [InlineData(SandboxUse.Required, RendererConfinement.Refused)]
    public async Task Sandbox_ThatDoesNotWork_IsFoundOutByTrying(SandboxUse use, RendererConfinement expected)
    {
        // Inside a sandbox there is no list of accounts: to this stand-in that is reason enough to fail.
        string script = Scripts.Write(_folder, "ffmpeg", "test -e /etc/passwd || exit 1\nexec ffmpeg \"$@\"");
        using RenderRoom room = new(options => (options.FfmpegPath, options.Sandbox) = (script, use));
        RenderResult result = await room.Lowest.RenderBlurredStillAsync(SampleMedia.Jpeg, MediaFormat.Jpeg, Cancel);

        Assert.Equal(expected, room.Health.Report.Confinement);
        Assert.Equal(expected == RendererConfinement.Refused ? RenderOutcome.RendererMissing : RenderOutcome.Rendered, result.Outcome);
        Assert.Equal(expected == RendererConfinement.Refused, room.Health.Report.IsWarning);
    }

    [Fact]
    public async Task Children_ThatEatMemoryTogether_AreKilledAtTheLimit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a tree of processes holds.");
        string eaten = Path.Combine(_folder, "eaten");
        string script = Scripts.Write(_folder, "ffmpeg", $"(head -c 150000000 /dev/zero | tail; sleep 60) &\n(head -c 150000000 /dev/zero | tail; sleep 60) &\nwait\ntouch {eaten}");
        ProcessLimits limits = new(TimeSpan.FromSeconds(60), 1_000_000_000) { ResidentBytes = 100 << 20 };
        long began = Stopwatch.GetTimestamp();
        ProcessResult run = await new BoundedProcess(TimeProvider.System).RunAsync(new ProcessJob(script, [], limits), Cancel);

        Assert.Equal(ProcessEnd.TooMuchMemory, run.End);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.False(File.Exists(eaten));
    }

    [Fact]
    public async Task File_InMemory_IsReadAndWrittenByTheRendererAndByNoOther()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has files in memory.");
        using RenderFile input = RenderFile.TryInMemory()!;
        using RenderFile output = RenderFile.TryInMemory()!;
        await using (FileStream content = input.Open(FileAccess.Write))
        {
            await content.WriteAsync("picture"u8.ToArray(), Cancel);
        }

        string script = Scripts.Write(_folder, "ffmpeg", $"cat {input.Path} > {output.Path} 2>/dev/null; echo \"holds $(ls -l /proc/self/fd | grep -c memfd)\"; exit 0");
        using RenderRoom room = new(options => options.FfmpegPath = script);
        ProcessResult encoded = await room.Lowest.Program.EncodeAsync(input, output, [], Cancel);
        ProcessResult other = await room.Lowest.Program.DrawAsync(RenderFile.OnDisk(script), ["x"], 1_000, Cancel);
        await using FileStream written = output.Open(FileAccess.Read);
        using StreamReader reader = new(written);

        Assert.Equal(ProcessEnd.TooMuchOutput, encoded.End); // a clip is written to its file, and nothing elsewhere
        Assert.Equal("picture", await reader.ReadToEndAsync(Cancel));
        Assert.Equal("holds 0\n", Encoding.UTF8.GetString(other.Output));
    }

    private static async Task<bool> KernelAllowsAsync()
    {
        try
        {
            using Process trial = Process.Start(new ProcessStartInfo("bwrap", ["--unshare-all", "--unshare-user", "--ro-bind", "/", "/", "--proc", "/proc", "true"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await trial.WaitForExitAsync(Cancel);
            return trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
