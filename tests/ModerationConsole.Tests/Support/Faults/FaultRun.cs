using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>A console at work, on one node or two, that a plan of faults befalls; afterwards everything is checked that it acknowledged.</summary>
internal sealed class FaultRun(FaultScene scene, FaultPlan plan, int seed, SeparatePostgresServer? server = null)
{
    private const int Senders = 4;
    private const int MediaDiskMegabytes = 32;

    // Where the tests may mount no disk: less than any picture has.
    private const long FullAt = 4_096;

    private static readonly TimeSpan s_slowAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_toFindOne = TimeSpan.FromSeconds(3);

    // However slow the machine is.
    private static readonly TimeSpan s_longer = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<FaultKind, int> _befell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Moderators at each node; the two halves of two nodes share some, who have two windows open.</summary>
    public required int Moderators { get; init; }

    /// <summary>Longest time between two acts of one of them, milliseconds.</summary>
    public required int PauseMs { get; init; }

    /// <summary>Longest time between two requests of one sender, milliseconds.</summary>
    public required int SenderPauseMs { get; init; }

    /// <summary>How long everything may take to come to rest.</summary>
    public required int SettleSeconds { get; init; }

    /// <summary>How often each fault befell it.</summary>
    public IReadOnlyDictionary<FaultKind, int> Befell => _befell;

    private int Kills => _befell.GetValueOrDefault(FaultKind.Kill) + _befell.GetValueOrDefault(FaultKind.KillAmidStart);

    /// <summary>Runs for so long, and returns all that does not hold afterwards.</summary>
    /// <param name="mostKills">No node is killed after so many.</param>
    public async Task<(IReadOnlyList<string> Problems, string Figures)> RunAsync(TimeSpan time, int mostKills)
    {
        using SendingPlatform platform = new(seed) { Pictures = Pictures(), ApiKey = scene.ApiKey, Patience = TimeSpan.FromSeconds(server is null ? 40 : 12) };
        FaultNode[] nodes = [.. plan.Nodes.Select((_, place) => new FaultNode(scene, platform, place, LoadOf(place)))];
        string[] journals = [.. nodes.Select(node => node.Journal)];
        scene.KeepMediaApart(MediaDiskMegabytes);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        Task[] sending = [.. Enumerable.Range(0, Senders).Select(sender => Task.Run(() => platform.SendAsync(sender, SenderPauseMs, enough.Token), Cancel))];
        Stopwatch watch = Stopwatch.StartNew();
        bool GoOn() => watch.Elapsed < time || (FaultFigures.TooLittle(platform, journals) && watch.Elapsed < time + s_longer);

        await Task.WhenAll(
        [
            .. nodes.Select((node, place) => Task.Run(() => BefallAsync(plan.Nodes[place], () => GoOn() && Kills < mostKills, fault => NodeAsync(node, fault)), Cancel)),
            Task.Run(() => BefallAsync(plan.Disk, GoOn, fault => DiskAsync(nodes, fault)), Cancel),
            Task.Run(() => BefallAsync(plan.Platform, GoOn, SlowAsync), Cancel),
            Task.Run(() => BefallAsync(plan.Database, GoOn, DatabaseAsync), Cancel),
        ]);
        double seconds = watch.Elapsed.TotalSeconds;
        await Task.WhenAll(nodes.Select(node => node.StartAsync()));
        await enough.CancelAsync();
        await Task.WhenAll(sending);
        await Task.WhenAll(nodes.Select(node => node.StopAsync()));

        // What they left is finished by nodes at which nobody works. The fourth try of a delivery would be minutes away.
        await scene.ReadAsync(DueNowAsync);
        await Task.WhenAll(nodes.Select(node => node.StartAsync(withModerators: false)));
        await Aftermath.SettledAsync(scene, SettleSeconds);
        await Task.WhenAll(nodes.Select(node => node.StopAsync()));
        List<string> problems = [.. nodes.SelectMany(node => node.Wrong)];
        problems.AddRange(await new Aftermath(scene, platform) { FaultsExpected = server is not null }.ProblemsAsync(journals));
        if (FaultFigures.TooLittle(platform, journals))
        {
            problems.Add("The run was too short to show anything.");
        }

        return (problems, await FaultFigures.TellAsync(scene, platform, journals, _befell, seconds, watch.Elapsed.TotalSeconds));
    }

    private Load LoadOf(int place) => new(scene.Journal + (place + 1))
    {
        Moderators = Moderators,
        Elsewhere = place * (FaultScene.People - Moderators),
        PauseMs = PauseMs,
        Seed = seed + (100_000 * place),
    };

    private static async Task BefallAsync(IReadOnlyList<PlannedFault> lane, Func<bool> goOn, Func<PlannedFault, Task> befall)
    {
        // A run that is longer than it was planned begins anew.
        for (int place = 0; goOn() && lane.Count > 0; place++)
        {
            await befall(lane[place % lane.Count]);
        }
    }

    private async Task NodeAsync(FaultNode node, PlannedFault fault)
    {
        await (fault.Kind == FaultKind.Freeze ? node.FreezeAsync(fault) : node.KillAsync(fault));
        Befallen(fault.Kind);
    }

    private async Task DiskAsync(FaultNode[] nodes, PlannedFault fault)
    {
        await Task.Delay(fault.After, Cancel);
        scene.Disk!.Fill(nodes.Select(node => node.Server).OfType<ConsoleServer>(), FullAt);
        await Task.Delay(fault.Lasts, Cancel);
        scene.Disk.Free(nodes.Select(node => node.Server).OfType<ConsoleServer>());
        Befallen(fault.Kind);
    }

    private static async Task<int> DueNowAsync(ConsoleDbContext db)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await db.Set<MediaObject>().Where(row => row.State == MediaState.Pending && row.NextAttemptAt > now)
            .ExecuteUpdateAsync(row => row.SetProperty(media => media.NextAttemptAt, now), Cancel);
        return await db.Set<EnforcementAction>().Where(row => row.State == EnforcementState.Pending && row.NotBefore > now)
            .ExecuteUpdateAsync(row => row.SetProperty(delivery => delivery.NotBefore, now), Cancel);
    }

    private async Task SlowAsync(PlannedFault fault)
    {
        await Task.Delay(fault.After, Cancel);
        scene.Receiver.Answer = context => Task.Delay(s_slowAnswer, context.RequestAborted);
        await Task.Delay(fault.Lasts, Cancel);
        scene.Receiver.Answer = _ => Task.CompletedTask;
        Befallen(fault.Kind);
    }

    private async Task DatabaseAsync(PlannedFault fault)
    {
        await Task.Delay(fault.After, Cancel);
        if (fault.Kind == FaultKind.CutConnection)
        {
            if (await ((SceneServer)scene.Store).CutAsync(s_toFindOne))
            {
                Befallen(fault.Kind);
            }

            return;
        }

        await server!.StopAsync(atOnce: fault.Kind == FaultKind.CrashDatabase);
        await Task.Delay(fault.Lasts, Cancel);
        await server.StartAsync();
        Befallen(fault.Kind);
    }

    private void Befallen(FaultKind kind) => _befell.AddOrUpdate(kind, 1, (_, times) => times + 1);

    // The same picture with something behind its end is another file.
    private List<string> Pictures()
    {
        byte[] jpeg = File.ReadAllBytes(SampleMedia.Jpeg);
        return [.. Enumerable.Range(0, 40).Select(number => scene.Media.File($"/{number}.jpg", [.. jpeg, (byte)number, 0xFF, 0xD9]))];
    }
}
