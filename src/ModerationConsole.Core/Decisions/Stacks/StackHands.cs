using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Decisions.Stacks;

/// <summary>
/// Who had a hand in what was decided of a case: alone or as a member of a stack, in force, taken back or reversed. Whoever
/// looks for someone who had none, such as for an appeal, asks here.
/// </summary>
public static class StackHands
{
    /// <summary>The deciders of a case and of every stack that it was decided with.</summary>
    public static Task<List<Guid>> OfAsync(ConsoleDbContext db, long caseNumber, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        IQueryable<Guid> stacks =
            from member in db.Set<StackedDecision>()
            join decision in db.Set<Decision>() on member.DecisionId equals decision.Id
            where decision.CaseNumber == caseNumber
            select member.StackId;
        return db.Set<Decision>().Where(row => row.CaseNumber == caseNumber && row.DeciderId != null).Select(row => row.DeciderId!.Value)
            .Union(db.Set<StackedDecision>().Where(row => stacks.Contains(row.StackId)).Select(row => row.DeciderId))
            .ToListAsync(cancellationToken);
    }
}
