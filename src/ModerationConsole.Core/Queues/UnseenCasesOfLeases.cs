using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A case is not there for who has a task about it in hand that measures: shown, drawn ahead or in a stack.</summary>
internal sealed class UnseenCasesOfLeases : IUnseenCases
{
    public IQueryable<long> Of(ConsoleDbContext db, Guid personId) => InHand(db, personId);

    public IQueryable<Guid> From(ConsoleDbContext db, long caseNumber) =>
        Measuring(db).Where(lease => lease.CaseNumber == caseNumber).Select(lease => lease.PersonId);

    /// <summary>The cases about which someone has a task in hand that measures.</summary>
    public static IQueryable<long> InHand(ConsoleDbContext db, Guid personId) =>
        Measuring(db).Where(lease => lease.PersonId == personId).Select(lease => lease.CaseNumber);

    // Work that changes a case locks it by its number; work that measures does not.
    private static IQueryable<ActiveLease> Measuring(ConsoleDbContext db) => db.Set<ActiveLease>().Where(lease => lease.ExclusiveKey < 0);
}
