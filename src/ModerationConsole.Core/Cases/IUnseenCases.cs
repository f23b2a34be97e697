using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>
/// Tells which cases are not there for a person for the time being: they judge a decision about one again, and must learn
/// neither who made it nor what it was.
/// </summary>
public interface IUnseenCases
{
    /// <summary>Numbers of the cases.</summary>
    IQueryable<long> Of(ConsoleDbContext db, Guid personId);

    /// <summary>The other way round: ids of the people for whom a case is not there.</summary>
    IQueryable<Guid> From(ConsoleDbContext db, long caseNumber);
}
