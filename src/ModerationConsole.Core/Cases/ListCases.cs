using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>Finds cases and lists them, newest first, a part at a time, from either end. That a person looked is in the audit before anything is shown.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListCases(
    IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, ICaseWhereabouts whereabouts, IUnseenCases unseen, ITextSearch search, TimeProvider clock) : IUseCase
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
        if (caller.Kind == CallerKind.Person && !place.SameLook)
        {
            await writes.RunAsync(
                (scope, _) => Task.FromResult(scope.Record(caller, AuditAct.CasesSearched, details: new Dictionary<string, object?> { ["by"] = filter.By })), cancellationToken)
                .ConfigureAwait(false);
        }

        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Case> matching = new CaseSearch(whereabouts, unseen, clock).Matching(db, caller, filter, permissions);
            FoundByWords? words = string.IsNullOrWhiteSpace(filter.Search) ? null : new FoundByWords(db, search, filter.Search);
            int size = Math.Clamp(place.Size, 1, MostAtOnce);
            // One more than asked tells whether the list goes on.
            List<long> numbers = words is null
                ? await Numbers(matching, place).Take(size + 1).ToListAsync(cancellationToken).ConfigureAwait(false)
                : await words.PageAsync(matching, place, size + 1, cancellationToken).ConfigureAwait(false);
            bool more = numbers.Count > size;
            bool upwards = place.NewerThan is not null;
            numbers = [.. numbers.Take(size)];
            if (upwards)
            {
                numbers.Reverse();
            }

            int? matches = !place.Count ? null
                : words is null ? await matching.Select(about => about.Number).OrderBy(number => number).Take(MostCounted).CountAsync(cancellationToken).ConfigureAwait(false)
                : await words.CountAsync(matching, filter.OnlySearches && !await unseen.Of(db, caller.Id).AnyAsync(cancellationToken).ConfigureAwait(false), MostCounted, cancellationToken).ConfigureAwait(false);
            return new FoundCases(
                await new CaseRows(db, whereabouts, ExcerptLength, place.ShowSevere).ReadAsync(numbers, cancellationToken).ConfigureAwait(false),
                HasNewer: upwards ? more : place.OlderThan is not null,
                HasOlder: upwards ? place.NewerThan > 0 : more,
                matches);
        }
    }

    private static IQueryable<long> Numbers(IQueryable<Case> matching, CasePlace place) => place.Order == CaseOrder.Activity
        ? ByActivity(matching, place).Select(about => about.Number)
        : ByNumber(matching.Select(about => about.Number), place);

    private static IQueryable<long> ByNumber(IQueryable<long> numbers, CasePlace place) =>
        place.NewerThan is { } newerThan ? numbers.Where(number => number > newerThan).OrderBy(number => number)
        : place.OlderThan is { } olderThan ? numbers.Where(number => number < olderThan).OrderByDescending(number => number)
        : numbers.OrderByDescending(number => number);

    // The first comparison lets the index skip to the time; the rest is decided row by row.
    private static IQueryable<Case> ByActivity(IQueryable<Case> matching, CasePlace place)
    {
        if (place is { NewerThan: { } newerThan })
        {
            DateTimeOffset since = place.At ?? DateTimeOffset.UnixEpoch;
            return matching.Where(about => about.LastEvidenceAt >= since && (about.LastEvidenceAt > since || about.Number > newerThan))
                .OrderBy(about => about.LastEvidenceAt).ThenBy(about => about.Number);
        }

        if (place is { OlderThan: { } olderThan, At: { } at })
        {
            matching = matching.Where(about => about.LastEvidenceAt <= at && (about.LastEvidenceAt < at || about.Number < olderThan));
        }

        return matching.OrderByDescending(about => about.LastEvidenceAt).ThenByDescending(about => about.Number);
    }
}
