using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Notices;

/// <summary>
/// How a clock makes what waits for it more urgent. One with ample time only stands before ordinary work, so that a week's notice does not
/// push aside what harms now; a short one, and one half gone, stands before all that; one that will be late stands before questions, too.
/// Only emergencies go first. Within each of these what is due first comes first.
/// </summary>
internal static class ClockUrgency
{
    /// <summary>There is ample time.</summary>
    public const int Ample = 60;

    /// <summary>The clock is short, or half gone.</summary>
    public const int Pressing = 150;

    /// <summary>It is nearly over, or will be before anyone is through.</summary>
    public const int Late = 300;

    private static readonly TimeSpan s_short = TimeSpan.FromHours(4);

    /// <summary>Priority of what waits for a clock.</summary>
    /// <param name="late">Whether it is forecast to be late.</param>
    public static int Of(Notice notice, DateTimeOffset now, bool late) =>
        late || now >= notice.At(ClockAlertKind.NearlyGone) ? Late
        : notice.DueAt - notice.ReceivedAt <= s_short || now >= notice.At(ClockAlertKind.HalfGone) ? Pressing
        : Ample;

    /// <summary>When so much of a clock is gone.</summary>
    public static DateTimeOffset At(this Notice notice, ClockAlertKind kind) => At(notice.ReceivedAt, notice.DueAt, kind);

    /// <summary>When so much of a clock is gone.</summary>
    public static DateTimeOffset At(DateTimeOffset receivedAt, DateTimeOffset dueAt, ClockAlertKind kind) => receivedAt + ((dueAt - receivedAt) * (kind switch
    {
        ClockAlertKind.HalfGone => 0.5,
        ClockAlertKind.NearlyGone => 0.8,
        ClockAlertKind.Breached => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    }));

    /// <summary>Makes the open tasks of these cases as urgent as the clock, where they are less; returns how many were.</summary>
    public static async Task<int> HastenAsync(WriteScope scope, Notice notice, IReadOnlyList<long> cases, int priority, CancellationToken cancellationToken)
    {
        DateTimeOffset due = Instant.Cut(notice.DueAt);
        List<ReviewTask> tasks = await Slow(scope.Db, cases, due, priority).ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (ReviewTask task in tasks)
        {
            task.Hasten(priority, due);
            if (task.State == TaskState.Waiting)
            {
                Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == task.CaseNumber, cancellationToken).ConfigureAwait(false);
                CaseQueue queue = await scope.Db.Set<CaseQueue>().SingleAsync(row => row.Id == task.QueueId, cancellationToken).ConfigureAwait(false);
                await scope.RequeueAsync(Caller.System, task, about, queue, cancellationToken).ConfigureAwait(false);
            }

            scope.Record(Caller.System, AuditAct.NoticeHastened, task.CaseNumber, task.Number, notice.Id.ToString(), new Dictionary<string, object?>
            {
                ["dueAt"] = task.DueAt,
                ["priority"] = task.Priority,
            });
        }

        return tasks.Count;
    }

    // Those that are less urgent than the clock asks for.
    private static IQueryable<ReviewTask> Slow(ConsoleDbContext db, IReadOnlyList<long> cases, DateTimeOffset due, int priority) =>
        Open(db, cases).Where(row => row.DueAt > due || row.Priority < priority);

    /// <summary>Open tasks of these cases. Quality work changes no case and waits for no clock.</summary>
    public static IQueryable<ReviewTask> Open(ConsoleDbContext db, IReadOnlyList<long> cases) =>
        db.Set<ReviewTask>().Where(row => cases.Contains(row.CaseNumber)
            && (row.Kind == TaskKind.First || row.Kind == TaskKind.Second || row.Kind == TaskKind.Expert)
            && (row.State == TaskState.Waiting || row.State == TaskState.Leased));
}
