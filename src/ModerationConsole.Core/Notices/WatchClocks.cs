using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Notices;

/// <summary>
/// Looks after every clock that runs: tells of it at half, at four fifths and when it is over; keeps what waits for it as urgent as it
/// is, by its forecast, wherever the case was handed on to; and lets a clock stand where nothing is left to decide.
/// </summary>
public sealed class WatchClocks(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, ClockAlerts alerts, NodeDuties nodes, TimeProvider clock, ILogger<WatchClocks> log)
    : PeriodicWork(TimeSpan.FromSeconds(5), nodes, clock, log)
{
    private const int Part = 500;

    private static readonly ClockAlertKind[] s_times = [ClockAlertKind.HalfGone, ClockAlertKind.NearlyGone, ClockAlertKind.Breached];

    private readonly TimeProvider _clock = clock;

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        (DateTimeOffset DueAt, long Number) after = (DateTimeOffset.MinValue, 0);
        while (true)
        {
            (IReadOnlyList<Wanted> wanted, IReadOnlyList<Notice> seen) = await LookAsync(after, cancellationToken).ConfigureAwait(false);
            await EachAsync(wanted, one => writes.RunAsync((scope, token) => SeeToAsync(scope, one, token), cancellationToken), cancellationToken).ConfigureAwait(false);
            if (seen.Count < Part)
            {
                return;
            }

            after = (seen[^1].DueAt, seen[^1].Number);
        }
    }

    // Read without the writer: nearly always nothing is to be done.
    private async Task<(IReadOnlyList<Wanted> Wanted, IReadOnlyList<Notice> Seen)> LookAsync((DateTimeOffset DueAt, long Number) after, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.Now();
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<Notice> running = await db.Set<Notice>().AsNoTracking()
                .Where(row => row.State == NoticeState.Running && (row.DueAt > after.DueAt || (row.DueAt == after.DueAt && row.Number > after.Number)))
                .OrderBy(row => row.DueAt).ThenBy(row => row.Number).Take(Part).ToListAsync(cancellationToken).ConfigureAwait(false);
            long[] numbers = [.. running.Select(row => row.Number)];
            ILookup<long, long> cases = (await db.Set<NoticeItem>().Where(row => numbers.Contains(row.NoticeNumber) && row.Outcome == NoticeOutcome.Waiting)
                .Select(row => new { row.NoticeNumber, row.CaseNumber }).ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.NoticeNumber, row => row.CaseNumber);
            ILookup<long, ClockAlertKind> told = (await db.Set<ClockAlert>().Where(row => numbers.Contains(row.NoticeNumber))
                .Select(row => new { row.NoticeNumber, row.Kind }).ToListAsync(cancellationToken).ConfigureAwait(false)).ToLookup(row => row.NoticeNumber, row => row.Kind);
            long[] all = [.. cases.SelectMany(row => row).Distinct()];
            IReadOnlyDictionary<long, ClockStanding> standing = await ClockForecasts.ReadAsync(db, all, now, cancellationToken).ConfigureAwait(false);
            HashSet<long> over = [.. await Over(db, all).ToListAsync(cancellationToken).ConfigureAwait(false)];
            // Asked for all of them at once: there are many clocks, and they are looked at every few seconds.
            var tasks = (await ClockUrgency.Open(db, all).Select(row => new { row.CaseNumber, row.DueAt, row.Priority }).ToListAsync(cancellationToken).ConfigureAwait(false))
                .ToLookup(row => row.CaseNumber);
            List<Wanted> wanted = [];
            foreach (Notice notice in running)
            {
                long[] waiting = [.. cases[notice.Number]];
                bool late = waiting.Any(number => standing.GetValueOrDefault(number)?.Forecast(now, notice.DueAt).IsLate == true);
                int priority = ClockUrgency.Of(notice, now, late);
                Wanted one = new(
                    notice.Number, waiting, [.. s_times.Where(kind => notice.At(kind) <= now).Except(told[notice.Number])], priority, [.. waiting.Where(over.Contains)])
                {
                    Stranded = told[notice.Number].Contains(ClockAlertKind.NobodyMayTake) ? null
                        : waiting.Where(number => standing.GetValueOrDefault(number) is { InHandSince: null, NobodyMayTake: true }).Select(number => (long?)number).FirstOrDefault(),
                };
                if (one.Alerts.Count > 0 || one.Over.Count > 0 || one.Stranded is not null || waiting.Length == 0
                    || waiting.SelectMany(number => tasks[number]).Any(task => task.DueAt > notice.DueAt || task.Priority < priority))
                {
                    wanted.Add(one);
                }
            }

            return (wanted, running);
        }
    }

    // Closed without a decision: gone at its source, or withdrawn.
    private static IQueryable<long> Over(ConsoleDbContext db, IReadOnlyList<long> cases) =>
        db.Set<Case>().Where(row => cases.Contains(row.Number) && row.State == CaseState.Closed && row.DecisionId == null).Select(row => row.Number);

    private async Task<bool> SeeToAsync(WriteScope scope, Wanted wanted, CancellationToken cancellationToken)
    {
        // Asked again inside the write: someone may have decided, or another node have told.
        if (await scope.Db.Set<Notice>().SingleOrDefaultAsync(row => row.Number == wanted.Number && row.State == NoticeState.Running, cancellationToken).ConfigureAwait(false) is not { } notice)
        {
            return false;
        }

        foreach (long number in await Over(scope.Db, wanted.Over).ToListAsync(cancellationToken).ConfigureAwait(false))
        {
            NoticeItem gone = await scope.Db.Set<NoticeItem>().SingleAsync(row => row.NoticeNumber == notice.Number && row.CaseNumber == number, cancellationToken).ConfigureAwait(false);
            gone.Go();
            scope.Record(Caller.System, AuditAct.NoticeItemGone, number, subject: notice.Id.ToString());
            await NoticeClocks.FollowAsync(scope, notice.Number, Caller.System, number, null, cancellationToken).ConfigureAwait(false);
        }

        long[] waiting = [.. wanted.Cases.Except(wanted.Over)];
        if (notice.State == NoticeState.Running && wanted.Cases.Count == 0)
        {
            await LetStandAsync(scope, notice, cancellationToken).ConfigureAwait(false);
        }

        if (notice.State != NoticeState.Running || waiting.Length == 0)
        {
            return true;
        }

        // Its case may have had nobody before the notice came in: that alarm is not raised again.
        if (wanted.Stranded is { } stranded)
        {
            await alerts.TellAsync(scope, notice, ClockAlertKind.NobodyMayTake, stranded, cancellationToken).ConfigureAwait(false);
        }

        foreach (ClockAlertKind kind in wanted.Alerts)
        {
            await alerts.TellAsync(scope, notice, kind, waiting[0], cancellationToken).ConfigureAwait(false);
        }

        await ClockUrgency.HastenAsync(scope, notice, waiting, wanted.Priority, cancellationToken).ConfigureAwait(false);
        return true;
    }

    // Nothing waits and yet it runs: it stands since the last of it was decided.
    private static async Task LetStandAsync(WriteScope scope, Notice notice, CancellationToken cancellationToken)
    {
        long number = notice.Number;
        if (await scope.Db.Set<NoticeItem>().Where(row => row.NoticeNumber == number).OrderBy(row => row.Position).Select(row => (long?)row.CaseNumber)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false) is not { } first)
        {
            return;
        }

        List<DateTimeOffset> decided = await (
            from item in scope.Db.Set<NoticeItem>()
            join decision in scope.Db.Set<Decision>() on item.DecisionId equals decision.Id
            where item.NoticeNumber == number
            select decision.DecidedAt).ToListAsync(cancellationToken).ConfigureAwait(false);
        await NoticeClocks.FollowAsync(
            scope, number, Caller.System, first, null, cancellationToken, decided.Count == 0 ? null : decided.Max()).ConfigureAwait(false);
    }

    /// <param name="Cases">Cases that it waits for.</param>
    /// <param name="Alerts">Of what people are to be told.</param>
    /// <param name="Over">Cases in which nothing is left to decide.</param>
    private sealed record Wanted(long Number, IReadOnlyList<long> Cases, IReadOnlyList<ClockAlertKind> Alerts, int Priority, IReadOnlyList<long> Over)
    {
        /// <summary>A case that nobody may take, where nobody was told of that.</summary>
        public long? Stranded { get; init; }
    }
}
