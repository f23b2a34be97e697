using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>
/// Walks what is found by words in order of numbers. The index is read a little at a time and each part narrowed by the other
/// filters; only where these leave almost nothing are both asked as one query, which has to look at every hit.
/// </summary>
internal sealed class FoundByWords(ConsoleDbContext db, ITextSearch search, string typed)
{
    private const int SmallestPart = 128;
    private const int LargestPart = 1_000;
    private const int MostParts = 8;

    private readonly IReadOnlyList<SearchTerm> _terms = SearchWords.Terms(typed);

    /// <summary>The numbers next to a place, nearest first.</summary>
    /// <param name="matching">What the other filters match.</param>
    public async Task<List<long>> PageAsync(IQueryable<Case> matching, CasePlace place, int size, CancellationToken cancellationToken)
    {
        List<long> found = await Beyond(Named(matching), place.OlderThan, place.NewerThan)
            .Take(size).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (_terms.Count > 0)
        {
            found.AddRange(await ByTextAsync(matching, place, size, cancellationToken).ConfigureAwait(false));
        }

        IEnumerable<long> distinct = found.Distinct();
        return [.. (place.NewerThan is null ? distinct.OrderDescending() : distinct.Order()).Take(size)];
    }

    /// <summary>How many are found, counted up to a bound.</summary>
    public async Task<int> CountAsync(IQueryable<Case> matching, bool onlySearches, int most, CancellationToken cancellationToken)
    {
        IQueryable<long> allowed = matching.Select(about => about.Number);
        IQueryable<long> named = Named(matching);
        if (_terms.Count == 0)
        {
            return await named.Take(most).CountAsync(cancellationToken).ConfigureAwait(false);
        }

        IQueryable<long> hits = search.Matching<CaseText>(db, _terms);
        // The index knows no child-safety case, so that its own count may be told.
        IQueryable<long> texts = onlySearches ? hits : allowed.Where(number => hits.Contains(number));
        int count = await texts.Take(most).CountAsync(cancellationToken).ConfigureAwait(false);
        return count < most ? await named.Union(texts).Take(most).CountAsync(cancellationToken).ConfigureAwait(false) : most;
    }

    // Each of the few that are named is looked up. "Is it among those that match" would have SQLite list all of these first.
    private IQueryable<long> Named(IQueryable<Case> matching) =>
        CaseSearch.Named(db, typed).Where(number => matching.Any(about => about.Number == number));

    private async Task<List<long>> ByTextAsync(IQueryable<Case> matching, CasePlace place, int size, CancellationToken cancellationToken)
    {
        IQueryable<long> hits = search.Matching<CaseText>(db, _terms);
        // The index holds no child-safety case; nor does an answer, should one be marked while it is read.
        matching = matching.Where(about => about.Sensitivity != Sensitivity.ChildSafety);
        List<long> found = [];
        (long? olderThan, long? newerThan) = (place.OlderThan, place.NewerThan);
        int part = Math.Max(SmallestPart, size + 1);
        for (int parts = 0; parts < MostParts; parts++)
        {
            List<long> numbers = await Beyond(hits, olderThan, newerThan).Take(part).ToListAsync(cancellationToken).ConfigureAwait(false);
            HashSet<long> allowed = await matching.Where(about => numbers.Contains(about.Number)).Select(about => about.Number)
                .ToHashSetAsync(cancellationToken).ConfigureAwait(false);
            found.AddRange(numbers.Where(allowed.Contains));
            if (found.Count >= size || numbers.Count < part)
            {
                return found;
            }

            if (newerThan is null)
            {
                olderThan = numbers[^1];
            }
            else
            {
                newerThan = numbers[^1];
            }

            part = Math.Min(part * 2, LargestPart);
        }

        IQueryable<long> rest = matching.Where(about => hits.Contains(about.Number)).Select(about => about.Number);
        found.AddRange(await Beyond(rest, olderThan, newerThan).Take(size - found.Count).ToListAsync(cancellationToken).ConfigureAwait(false));
        return found;
    }

    private static IQueryable<long> Beyond(IQueryable<long> numbers, long? olderThan, long? newerThan) =>
        newerThan is { } above ? numbers.Where(number => number > above).OrderBy(number => number)
        : olderThan is { } below ? numbers.Where(number => number < below).OrderByDescending(number => number)
        : numbers.OrderByDescending(number => number);
}
