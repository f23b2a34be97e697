using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Intake.Arrivals;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Tests.Support.Faults;

/// <summary>What must hold when the program has settled after whatever befell it. Collects all that does not.</summary>
internal sealed class Aftermath(FaultScene scene, SendingPlatform platform)
{
    private readonly List<string> _broken = [];

    /// <summary>Whether moderators may have been told that something broke: what was in their way is over.</summary>
    public bool FaultsExpected { get; init; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Waits until the running program has nothing under way: what a killed one held is free again, sent or drawn.</summary>
    public static async Task SettledAsync(FaultScene scene, int seconds = 75)
    {
        await scene.UntilAsync("everything promised is taken in", async db => !await db.Set<Arrival>().AnyAsync(Cancel) && !await db.Set<SetAsideArrival>().AnyAsync(Cancel), seconds);
        await scene.UntilAsync("no lease is held", async db => !await db.Set<ActiveLease>().AnyAsync(Cancel), seconds);
        await scene.UntilAsync("nothing is on its way", async db => !await db.Set<EnforcementAction>()
            .AnyAsync(row => row.State == EnforcementState.Pending || row.State == EnforcementState.Delivering, Cancel), seconds);
        await scene.UntilAsync("everything is sealed", async db => !await db.Set<AuditUnsealed>().AnyAsync(Cancel), seconds);
        await scene.UntilAsync("no media waits", async db => !await db.Set<MediaObject>().AnyAsync(row => row.State == MediaState.Pending, Cancel), seconds);
    }

    /// <summary>Checks everything over the data that the program left behind.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(params string[] journals)
    {
        _broken.AddRange(platform.Wrong);
        foreach (string line in journals.Where(_ => !FaultsExpected).SelectMany(path => Journal.Read(path, "fault")).Select(words => string.Join(' ', words)).Distinct().Take(10))
        {
            Wrong($"a moderator met {line}");
        }

        await scene.ReadAsync(async db =>
        {
            await ItemsAsync(db);
            await ReportsAsync(db);
            await DecisionsAsync(db, journals);
            await DeliveriesAsync(db);
            await TasksAsync(db);
            await AuditAsync(db, journals);
            await MediaAsync(db);
            _broken.AddRange(await RevealAftermath.BrokenAsync(db, journals));
            return true;
        });
        _broken.AddRange(scene.Store.Broken());
        (int code, string output, string errors) = await ConsoleProcess.RunAsync(
            scene.Data, ["audit", "verify", .. scene.Store.Settings.Select(row => $"--{row.Key}={row.Value}")]);
        Check(code == 0, $"the audit does not verify: {output} {errors}");
        return _broken;
    }

    private async Task ItemsAsync(ConsoleDbContext db)
    {
        var rows = await (
            from version in db.Set<ItemVersion>()
            join about in db.Set<Case>() on version.Id equals about.ItemVersionId into cases
            from about in cases.DefaultIfEmpty()
            select new { version.ItemId, Number = (long?)about!.Number }).ToListAsync(Cancel);
        ILookup<string, long?> found = rows.ToLookup(row => row.ItemId, row => row.Number);
        foreach ((string id, long? number) in platform.Items)
        {
            long?[] cases = [.. found[id]];
            Check(cases is [{ } one] && (number is null || one == number), $"item {id} was acknowledged for case {number} and has {string.Join(',', cases)}");
        }
    }

    private async Task ReportsAsync(ConsoleDbContext db)
    {
        var rows = await (
            from report in db.Set<Report>()
            join about in db.Set<Case>() on report.CaseNumber equals about.Number
            join version in db.Set<ItemVersion>() on about.ItemVersionId equals version.Id
            select new { report.Id, version.ItemId, report.ReporterId }).ToListAsync(Cancel);
        Dictionary<Guid, string> found = rows.ToDictionary(row => row.Id, row => row.ItemId);
        foreach ((Guid id, string item) in platform.Reports)
        {
            Check(found.GetValueOrDefault(id) == item, $"report {id} of {item} was acknowledged and belongs to {found.GetValueOrDefault(id)}");
        }

        Check(rows.Select(row => row.ReporterId).Distinct().Count() == rows.Count, "a report is stored twice");
    }

    private async Task DecisionsAsync(ConsoleDbContext db, string[] journals)
    {
        Dictionary<Guid, Decision> found = await db.Set<Decision>().AsNoTracking().ToDictionaryAsync(row => row.Id, Cancel);
        Dictionary<(string Task, string Fence), string> answered = [];
        foreach (string[] words in journals.SelectMany(path => Journal.Read(path, "decided")))
        {
            Decision? row = found.GetValueOrDefault(Guid.Parse(words[0]));
            Check(row is not null && $"{row.DeciderId}" == words[1] && $"{row.TaskNumber}" == words[2], $"decision {words[0]} was acknowledged and is not there");
            Check(answered.TryAdd((words[2], words[3]), words[0]) || answered[(words[2], words[3])] == words[0], $"task {words[2]} was decided twice with draw {words[3]}");
        }

        foreach (string[] words in journals.SelectMany(path => Journal.Read(path, "undone")))
        {
            Check(found.GetValueOrDefault(Guid.Parse(words[0]))?.State == DecisionState.Undone, $"decision {words[0]} was taken back and stands");
        }

        List<LeaseRecord> leases = await db.Set<LeaseRecord>().AsNoTracking().ToListAsync(Cancel);
        foreach (var twice in leases.CountBy(row => (row.TaskNumber, row.Fence)).Where(row => row.Value > 1))
        {
            Wrong($"draw {twice.Key.Fence} of task {twice.Key.TaskNumber} was held {twice.Value} times");
        }

        Dictionary<long, int> deciding = leases.Where(row => row.End == LeaseEnd.Decided).CountBy(row => row.TaskNumber).ToDictionary();
        Dictionary<long, int> decisions = found.Values.CountBy(row => row.TaskNumber).ToDictionary();
        foreach (long task in deciding.Keys.Union(decisions.Keys).Where(task => deciding.GetValueOrDefault(task) != decisions.GetValueOrDefault(task)))
        {
            Wrong($"task {task} has {decisions.GetValueOrDefault(task)} decisions of {deciding.GetValueOrDefault(task)} leases");
        }

        foreach (var twice in found.Values.Where(row => row.State == DecisionState.Effective).CountBy(row => (row.CaseNumber, row.CaseVersion)).Where(row => row.Value > 1))
        {
            Wrong($"version {twice.Key.CaseVersion} of case {twice.Key.CaseNumber} has {twice.Value} decisions in force");
        }

        foreach (Case about in await db.Set<Case>().AsNoTracking().Where(row => row.State == CaseState.Decided).ToListAsync(Cancel))
        {
            Decision? row = found.GetValueOrDefault(about.DecisionId ?? Guid.Empty);
            Check(row is { State: DecisionState.Effective } && row.CaseNumber == about.Number, $"case {about.Number} is decided by nothing in force");
        }
    }

    private async Task DeliveriesAsync(ConsoleDbContext db)
    {
        List<EnforcementAction> rows = await db.Set<EnforcementAction>().AsNoTracking().ToListAsync(Cancel);
        HashSet<Guid> undone = [.. await db.Set<Decision>().Where(row => row.State == DecisionState.Undone).Select(row => row.Id).ToListAsync(Cancel)];
        Dictionary<Guid, int> ordered = await db.Set<Decision>().Where(row => row.Actions != "").ToDictionaryAsync(row => row.Id, _ => 1, Cancel);
        Dictionary<Guid, int> written = rows.CountBy(row => row.DecisionId ?? Guid.Empty).ToDictionary();
        Check(ordered.Count == written.Count && written.All(row => ordered.ContainsKey(row.Key) && row.Value == 1), "not every decision with an action has one delivery");
        Dictionary<string, EnforcementAction> byId = rows.ToDictionary(row => row.Id.ToString());
        foreach (var calls in scene.Receiver.Received.GroupBy(call => call.Id))
        {
            EnforcementAction? row = byId.GetValueOrDefault(calls.Key);
            Check(row is { State: EnforcementState.Delivered }, $"the platform was told of {calls.Key}, which is {row?.State.ToString() ?? "unknown"}");
            Check(calls.Select(call => call.Text).Distinct().Count() == 1, $"tries of {calls.Key} differ");
            Check(calls.Count() <= row?.Attempts, $"the platform got {calls.Key} {calls.Count()} times in {row?.Attempts} tries");
        }

        HashSet<string> told = [.. scene.Receiver.Received.Select(call => call.Id)];
        foreach (EnforcementAction row in rows)
        {
            bool cancelled = undone.Contains(row.DecisionId ?? Guid.Empty);
            Check(row.State == (cancelled ? EnforcementState.Cancelled : EnforcementState.Delivered), $"action {row.Id} ended as {row.State}");
            Check(told.Contains(row.Id.ToString()) != cancelled, $"action {row.Id} is {row.State} and the platform was {(cancelled ? "" : "not ")}told");
        }
    }

    private async Task TasksAsync(ConsoleDbContext db)
    {
        Check(!await db.Set<ActiveLease>().AnyAsync(Cancel), "a lease is held by nobody");
        List<ReviewTask> tasks = await db.Set<ReviewTask>().AsNoTracking().ToListAsync(Cancel);
        HashSet<long> waiting = [.. await db.Set<WaitingTask>().Select(row => row.TaskNumber).ToListAsync(Cancel)];
        Check(tasks.All(row => row.State != TaskState.Leased), "a task is out without a lease");
        Check(waiting.SetEquals(tasks.Where(row => row.State == TaskState.Waiting).Select(row => row.Number)), "what waits is not what is drawn from");
        ILookup<long, ReviewTask> open = tasks.Where(row => row.State == TaskState.Waiting).ToLookup(row => row.CaseNumber);
        foreach (Case about in await db.Set<Case>().AsNoTracking().ToListAsync(Cancel))
        {
            int wanted = about.State == CaseState.Open ? 1 : 0;
            Check(open[about.Number].Count() == wanted, $"case {about.Number} is {about.State} with {open[about.Number].Count()} open tasks");
        }
    }

    private async Task AuditAsync(ConsoleDbContext db, string[] journals)
    {
        List<AuditEntry> entries = await db.Set<AuditEntry>().AsNoTracking().ToListAsync(Cancel);
        ILookup<(AuditAct, string?), AuditEntry> bySubject = entries.ToLookup(row => (row.Act, row.Subject));
        ILookup<(AuditAct, long?), AuditEntry> byTask = entries.ToLookup(row => (row.Act, row.TaskNumber));
        void Once(AuditAct act, IEnumerable<Guid> subjects)
        {
            foreach (Guid subject in subjects.Where(subject => bySubject[(act, subject.ToString())].Count() != 1))
            {
                Wrong($"{act} of {subject} is in the audit {bySubject[(act, subject.ToString())].Count()} times");
            }
        }

        Once(AuditAct.DecisionMade, await db.Set<Decision>().Select(row => row.Id).ToListAsync(Cancel));
        Once(AuditAct.DecisionUndone, await db.Set<Decision>().Where(row => row.State == DecisionState.Undone).Select(row => row.Id).ToListAsync(Cancel));
        Once(AuditAct.ActionDelivered, await db.Set<EnforcementAction>().Where(row => row.State == EnforcementState.Delivered).Select(row => row.Id).ToListAsync(Cancel));
        Once(AuditAct.ActionCancelled, await db.Set<EnforcementAction>().Where(row => row.State == EnforcementState.Cancelled).Select(row => row.Id).ToListAsync(Cancel));
        foreach (Guid version in await db.Set<ItemVersion>().Select(row => row.Id).ToListAsync(Cancel))
        {
            Check(bySubject[(AuditAct.ItemReceived, version.ToString())].Any(), $"item version {version} came from nowhere");
        }

        foreach (Guid report in await db.Set<Report>().Select(row => row.Id).ToListAsync(Cancel))
        {
            int times = bySubject[(AuditAct.ReportReceived, report.ToString())].Count() + bySubject[(AuditAct.ReportFolded, report.ToString())].Count();
            Check(times == 1, $"report {report} is in the audit {times} times");
        }

        List<Guid> leaves = await db.Set<AuditLeaf>().Select(row => row.EntryId).ToListAsync(Cancel);
        // What was written in the last second before the end is sealed after the next start.
        leaves.AddRange(await db.Set<AuditUnsealed>().Select(row => row.EntryId).ToListAsync(Cancel));
        Check(leaves.Count == entries.Count && entries.Select(row => row.Id).ToHashSet().SetEquals(leaves), "an entry of the audit is neither sealed nor waits to be");
        List<LeaseRecord> leases = await db.Set<LeaseRecord>().AsNoTracking().ToListAsync(Cancel);
        foreach (var task in leases.CountBy(row => row.TaskNumber))
        {
            Check(byTask[(AuditAct.TaskLeased, task.Key)].Count() == task.Value, $"task {task.Key} was held {task.Value} times, which the audit does not say");
        }

        ILookup<(long, Guid, long), LeaseRecord> ended = leases.ToLookup(row => (row.TaskNumber, row.PersonId, row.Fence));
        foreach (string[] words in journals.SelectMany(path => Journal.Read(path, "released")))
        {
            Check(ended[(long.Parse(words[1], null), Guid.Parse(words[0]), long.Parse(words[2], null))].Any(row => row.End == LeaseEnd.Released), $"task {words[1]} was given back and it is not known");
        }
    }

    private async Task MediaAsync(ConsoleDbContext db)
    {
        MediaFiles files = new(scene.Data);
        _broken.AddRange(await files.BrokenAsync(Cancel));
        foreach (MediaRendition step in await db.Set<MediaRendition>().AsNoTracking().ToListAsync(Cancel))
        {
            Check(await files.HashAsync(step.Sha256, (int)step.Step, Cancel) == step.Hash, $"{step.Step} of {step.Sha256} is not what its row says");
        }

        foreach (MediaObject media in await db.Set<MediaObject>().AsNoTracking().ToListAsync(Cancel))
        {
            Check(media.State is MediaState.Ready or MediaState.Placeholder, $"media {media.Id} ended as {media.State} ({media.Problem})");
            Check(media.State != MediaState.Placeholder || media.Problem is nameof(MediaProblem.RenderTimedOut) or nameof(MediaProblem.GaveUp), $"media {media.Id} has no still: {media.Problem}");
            Check(media.Sha256 is { } hash && files.HasOriginal(hash) && (media.State != MediaState.Ready || files.HasStill(hash)), $"media {media.Id} lacks its files");
        }
    }

    private void Check(bool holds, string broken)
    {
        if (!holds)
        {
            Wrong(broken);
        }
    }

    private void Wrong(string broken) => _broken.Add(broken);
}
