using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Quality;

/// <summary>Which cases someone may meet in results, disputes and coaching.</summary>
internal static class QualitySight
{
    /// <summary>
    /// Neither those of child safety, whatever the permissions, nor those that the person has in hand to judge again: until they have,
    /// they learn nothing of what others said.
    /// </summary>
    public static IQueryable<Case> CasesInSightOf(this ConsoleDbContext db, Guid personId) => db.Set<Case>()
        .Where(about => about.Sensitivity != Sensitivity.ChildSafety
            && !UnseenCasesOfLeases.InHand(db, personId).Any(number => number == about.Number));
}
