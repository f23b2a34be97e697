using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Finds cases by their words. Each database has its own index behind this; child-safety cases are in none.</summary>
public interface ICaseTextSearch
{
    /// <summary>Numbers of the cases that hold all terms, to be narrowed and ordered by number. At least one term.</summary>
    IQueryable<long> Matching(ConsoleDbContext db, IReadOnlyList<SearchTerm> terms);
}
