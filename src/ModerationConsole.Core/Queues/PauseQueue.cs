using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.Queues;

/// <summary>What came of pausing a queue.</summary>
public enum PauseOutcome
{
    Paused,

    /// <summary>No such queue, or it is archived.</summary>
    NotFound,

    /// <summary>Emergencies and child safety do not wait.</summary>
    NeverPaused,

    /// <summary>It is not from a minute to a day.</summary>
    LengthInvalid,

    /// <summary>The note is longer than 400 characters.</summary>
    NoteTooLong,
}

/// <summary>
/// A lead pauses a queue: nothing of it is offered for a while. What is in hand is finished, what comes in waits, deadlines
/// run on. Every pause has an end, so that none is forgotten.
/// </summary>
[Requires(Permission.ReassignTasks)]
public sealed class PauseQueue(WritePath writes, IAccessGuard guard) : IUseCase
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>Pauses it from now on; a paused one gets the new end.</summary>
    /// <param name="note">Why, for those who work it.</param>
    public async Task<PauseOutcome> RunAsync(Caller caller, Guid queueId, TimeSpan length, string? note, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<PauseQueue>(caller, cancellationToken).ConfigureAwait(false);
        string why = (note ?? "").Trim();
        return length < TimeSpan.FromMinutes(1) || length > s_longest ? PauseOutcome.LengthInvalid
            : why.Length > TextLength.Line ? PauseOutcome.NoteTooLong
            : await writes.RunAsync((scope, token) => PauseAsync(scope, caller, queueId, length, why, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<PauseOutcome> PauseAsync(
        WriteScope scope, Caller caller, Guid queueId, TimeSpan length, string note, CancellationToken cancellationToken)
    {
        CaseQueue? queue = await scope.Db.Set<CaseQueue>().SingleOrDefaultAsync(row => row.Id == queueId && !row.Archived, cancellationToken).ConfigureAwait(false);
        if (queue is null or { Kind: QueueKind.Emergency or QueueKind.ChildSafety })
        {
            return queue is null ? PauseOutcome.NotFound : PauseOutcome.NeverPaused;
        }

        (queue.PausedUntil, queue.PausedBy, queue.PauseNote) = (scope.Now + length, caller.Id, note);
        scope.Record(caller, AuditAct.QueuePaused, subject: queue.Id.ToString(), details: new Dictionary<string, object?> { ["minutes"] = (int)length.TotalMinutes });
        scope.Publish(LiveKind.QueueChanged, queueId: queue.Id, state: "paused");
        return PauseOutcome.Paused;
    }
}
