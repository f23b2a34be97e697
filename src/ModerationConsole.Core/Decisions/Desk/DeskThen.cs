using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Decisions.Desk;

/// <summary>The decision that a blind judgement tests. The desk shows what its author saw of the case, and nothing later.</summary>
/// <param name="Id">The decision.</param>
/// <param name="By">Its author: what they did and wrote beside the case would give them away.</param>
/// <param name="At">When it was made, UTC; what is as late is not shown.</param>
/// <param name="CaseVersion">The version of the case that it judged.</param>
/// <param name="Snapshot">What its author saw.</param>
internal sealed record DeskThen(Guid Id, Guid? By, DateTimeOffset At, int CaseVersion, DecisionSnapshot Snapshot)
{
    /// <summary>Reads the one that a task is about; null where what was seen is erased, so that there is nothing to judge by.</summary>
    public static async Task<DeskThen?> ReadAsync(ConsoleDbContext db, ReviewTask task, CancellationToken cancellationToken)
    {
        if (task.JudgesAgain is not { } decisionId)
        {
            return null;
        }

        var found = await db.Set<Decision>().Where(row => row.Id == decisionId && row.ErasedAt == null)
            .Select(row => new { row.DeciderId, row.DecidedAt, row.CaseVersion, row.Snapshot }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return found is null ? null : new DeskThen(decisionId, found.DeciderId, found.DecidedAt, found.CaseVersion, DecisionSnapshot.Read(found.Snapshot));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
