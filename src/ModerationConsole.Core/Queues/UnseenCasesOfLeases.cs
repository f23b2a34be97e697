using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A case is not there for who has a task about it in hand that measures: shown, drawn ahead or in a stack.</summary>
internal sealed class UnseenCasesOfLeases : IUnseenCases
{
    public IQueryable<long> Of(ConsoleDbContext db, Guid personId) => InHand(db, personId);

    /// <summary>The cases about which someone has a task in hand that measures.</summary>
    public static IQueryable<long> InHand(ConsoleDbContext db, Guid personId) =>
        // Work that changes a case locks it by its number; work that measures does not.
        db.Set<ActiveLease>().Where(lease => lease.PersonId == personId && lease.ExclusiveKey < 0).Select(lease => lease.CaseNumber);
}
