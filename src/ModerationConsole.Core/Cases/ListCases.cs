using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Finds cases and lists them, newest first, a part at a time.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListCases(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, ICaseWhereabouts whereabouts, TimeProvider clock) : IUseCase
{
    /// <summary>Counting stops here: beyond it the number says nothing and costs much.</summary>
    public const int MostCounted = 10_000;

    private const int ExcerptLength = 160;
    private const int MostAtOnce = 200;

    /// <summary>Lists a part of what the filter matches among the cases that the caller may know of.</summary>
    public async Task<FoundCases> RunAsync(Caller caller, CaseFilter filter, CasePlace place, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListCases>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(place);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Case> matching = new CaseSearch(whereabouts, clock).Matching(db, filter, permissions);
            int size = Math.Clamp(place.Size, 1, MostAtOnce);
            // One more than asked tells whether the list goes on.
            List<long> numbers = await Numbers(matching, place).Take(size + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
            bool more = numbers.Count > size;
            numbers = [.. numbers.Take(size).OrderDescending()];
            bool upwards = place.NewerThan is not null;
            return new FoundCases(
                await new CaseRows(db, whereabouts, ExcerptLength).ReadAsync(numbers, cancellationToken).ConfigureAwait(false),
                HasNewer: upwards ? more : place.OlderThan is not null,
                HasOlder: upwards || more,
                place.Count ? await matching.Select(about => about.Number).OrderBy(number => number).Take(MostCounted).CountAsync(cancellationToken).ConfigureAwait(false) : null);
        }
    }

    private static IQueryable<long> Numbers(IQueryable<Case> matching, CasePlace place)
    {
        IQueryable<long> numbers = matching.Select(about => about.Number);
        if (place.NewerThan is { } newerThan)
        {
            return numbers.Where(number => number > newerThan).OrderBy(number => number);
        }

        return place.OlderThan is { } olderThan
            ? numbers.Where(number => number < olderThan).OrderByDescending(number => number)
            : numbers.OrderByDescending(number => number);
    }
}
