using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Faults;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Faults;

/// <summary>
/// The program is killed at random moments while items and reports arrive, stills are drawn and moderators look and decide. Nothing that
/// was acknowledged may be lost or happen twice. <c>FAULT_SECONDS</c>, <c>FAULT_KILLS</c> and <c>FAULT_SEED</c> make the run longer, or the same again.
/// </summary>
[Collection(FaultCollection.Name)]
public sealed class KillRunTests(ITestOutputHelper output)
{
    private const int Senders = 4;

    // However slow the machine is.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_KilledAtRandomMoments_LosesAndRepeatsNothing()
    {
        int seed = Setting("FAULT_SEED", Random.Shared.Next(1, 1_000_000));
        TimeSpan time = TimeSpan.FromSeconds(Setting("FAULT_SECONDS", 120));
        int most = Setting("FAULT_KILLS", int.MaxValue);
        output.WriteLine($"FAULT_SEED={seed}");
        await using FaultScene scene = await FaultScene.SetAsync();
        using SendingPlatform platform = new(seed) { Pictures = Pictures(scene.Media) };
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task[] sending = [.. Enumerable.Range(0, Senders).Select(sender => Task.Run(() => platform.SendAsync(sender, 60, enough.Token)))];

        Stopwatch watch = Stopwatch.StartNew();
        int kills = await KillAsync(scene, platform, new Random(seed), () => watch.Elapsed < time || (TooLittle(scene, platform) && watch.Elapsed < s_longest), most);
        double seconds = watch.Elapsed.TotalSeconds;
        await enough.CancelAsync();
        await Task.WhenAll(sending);

        await scene.StartAsync();
        await Aftermath.SettledAsync(scene);
        scene.Server.Terminate();
        Assert.Equal(0, await scene.Server.EndsAsync(TimeSpan.FromSeconds(20)));
        IReadOnlyList<string> problems = await new Aftermath(scene, platform).ProblemsAsync(scene.Journal);
        output.WriteLine(await FiguresAsync(scene, platform, kills, seconds, watch.Elapsed.TotalSeconds));
        Assert.True(problems.Count == 0, $"FAULT_SEED={seed}, {problems.Count} problems:\n{string.Join('\n', problems.Take(30))}");
        Assert.False(kills == 0 || TooLittle(scene, platform), "The run was too short to show anything.");
    }

    private static bool TooLittle(FaultScene scene, SendingPlatform platform) => platform.Items.Count < 10 || Journal.Read(scene.Journal, "decided").Count < 5;

    // A quarter of the kills strike while the program starts, the others while it works: later where a slow machine got nothing done.
    private static async Task<int> KillAsync(FaultScene scene, SendingPlatform platform, Random random, Func<bool> goOn, int most)
    {
        int kills = 0;
        int latest = 2_500;
        while (goOn() && kills < most)
        {
            ConsoleServer server = scene.Launch(new Load(scene.Journal) { Seed = random.Next(), PauseMs = 80 });
            bool works = random.Next(4) > 0;
            int before = platform.Items.Count;
            if (works)
            {
                platform.Console = await server.ListensAsync();
            }

            await Task.Delay(random.Next(latest), Cancel);
            platform.Console = null;
            latest = works && platform.Items.Count == before ? Math.Min(2 * latest, 20_000) : latest;
            server.Kill();
            await server.EndsAsync();
            kills++;
        }

        return kills;
    }

    // The same picture with something behind its end is another file.
    private static List<string> Pictures(MediaHost host)
    {
        byte[] jpeg = File.ReadAllBytes(SampleMedia.Jpeg);
        return [.. Enumerable.Range(0, 40).Select(number => host.File($"/{number}.jpg", [.. jpeg, (byte)number, 0xFF, 0xD9]))];
    }

    private static async Task<string> FiguresAsync(FaultScene scene, SendingPlatform platform, int kills, double seconds, double inAll)
    {
        (int decisions, int actions, int drawn, int media) = await scene.ReadAsync(async db => (
            await db.Set<Decision>().CountAsync(Cancel), await db.Set<EnforcementAction>().CountAsync(Cancel),
            await db.Set<MediaObject>().CountAsync(row => row.State == MediaState.Ready, Cancel), await db.Set<MediaObject>().CountAsync(Cancel)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{kills} kills in {seconds:0} s ({inAll:0} s in all); acknowledged: {platform.Items.Count} items, {platform.Reports.Count} reports, {Journal.Read(scene.Journal, "decided").Count} decisions, {Journal.Read(scene.Journal, "undone").Count} undone; stored: {decisions} decisions, {actions} actions, {scene.Receiver.Received.Count} calls, {drawn} of {media} media drawn, {Journal.Read(scene.Journal, "served").Count} reveals served, {Journal.Read(scene.Journal, "hidden").Count} hidden");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
