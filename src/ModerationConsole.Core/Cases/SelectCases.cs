using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Which cases someone chose: these numbers, or all that a filter matches.</summary>
/// <param name="Numbers">The numbers; null for all of the filter.</param>
/// <param name="Filter">The filter.</param>
public sealed record CaseSelection(IReadOnlyList<long>? Numbers, CaseFilter? Filter);

/// <summary>Turns a choice into the numbers of cases that may be known of, the oldest first. Child-safety cases are never among them.</summary>
internal sealed class SelectCases(ICaseWhereabouts whereabouts, IUnseenCases unseen, ITextSearch search, TimeProvider clock)
{
    private const int PartSize = 1_000;

    /// <summary>The numbers, at most so many and one more where there are more.</summary>
    public async Task<List<long>> RunAsync(
        ConsoleDbContext db, Caller caller, CaseSelection selection, IReadOnlySet<Permission> permissions, int most, CancellationToken cancellationToken)
    {
        CaseSearch cases = new(whereabouts, unseen, clock);
        List<long> found = [];
        if (selection.Numbers is { } numbers)
        {
            foreach (long[] part in numbers.Distinct().Order().Take(most + 1).Chunk(PartSize))
            {
                found.AddRange(await Ordinary(cases.Matching(db, caller, new CaseFilter { Numbers = part }, permissions)).Select(about => about.Number)
                    .OrderBy(number => number).ToListAsync(cancellationToken).ConfigureAwait(false));
            }

            return found;
        }

        CaseFilter filter = selection.Filter ?? new CaseFilter();
        IQueryable<Case> matching = Ordinary(cases.Matching(db, caller, filter, permissions));
        if (string.IsNullOrWhiteSpace(filter.Search))
        {
            return await matching.Select(about => about.Number).OrderBy(number => number).Take(most + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        FoundByWords words = new(db, search, filter.Search);
        return await words.PageAsync(matching, new CasePlace(NewerThan: 0), most + 1, cancellationToken).ConfigureAwait(false);
    }

    // Each of them is looked at by itself, by whoever may.
    private static IQueryable<Case> Ordinary(IQueryable<Case> cases) => cases.Where(about => about.Sensitivity != Sensitivity.ChildSafety);
}
