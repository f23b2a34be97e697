using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit;

/// <summary>Which entries are wanted; what is null does not matter.</summary>
/// <param name="ActorId">Who acted: a person or a key.</param>
/// <param name="Act">What was done.</param>
/// <param name="CaseNumber">The case concerned.</param>
/// <param name="Subject">Id of whatever else is concerned.</param>
/// <param name="From">At or after this time, UTC.</param>
/// <param name="To">Before this time, UTC.</param>
public sealed record AuditFilter(
    Guid? ActorId = null, AuditAct? Act = null, long? CaseNumber = null, string? Subject = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>A part of the audit.</summary>
/// <param name="Entries">Newest first.</param>
/// <param name="HasNewer">Whether there are matches above the first entry.</param>
/// <param name="HasOlder">Whether there are matches below the last entry.</param>
public sealed record FoundEntries(IReadOnlyList<AuditEntry> Entries, bool HasNewer, bool HasOlder);

/// <summary>
/// Searches the audit. The search is in the audit itself before anything is shown. Of a case that the permissions do not open
/// an entry tells that something was done, by whom and when; not to which case, task or item.
/// </summary>
[Requires(Permission.ViewAudit)]
public sealed class SearchAudit(IDbContextFactory<ConsoleDbContext> contexts, WritePath writes, IAccessGuard guard, ICaseSight sight) : IUseCase
{
    private const int MostAtOnce = 200;

    /// <summary>Finds a part of what the filter matches; entries below <paramref name="olderThan"/> or above <paramref name="newerThan"/>.</summary>
    public async Task<FoundEntries> RunAsync(
        Caller caller, AuditFilter filter, long? olderThan, long? newerThan, int size, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SearchAudit>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(filter);
        size = Math.Clamp(size, 1, MostAtOnce);
        await writes.RunAsync(
            (scope, _) => Task.FromResult(scope.Record(caller, AuditAct.AuditSearched, filter.CaseNumber, details: Asked(filter))), cancellationToken)
            .ConfigureAwait(false);

        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<AuditEntry> matching = Matching(db.Set<AuditEntry>().AsNoTracking(), filter);
            IQueryable<AuditEntry> wanted = newerThan is { } newer
                ? matching.Where(entry => entry.Number > newer).OrderBy(entry => entry.Number)
                : olderThan is { } older
                    ? matching.Where(entry => entry.Number < older).OrderByDescending(entry => entry.Number)
                    : matching.OrderByDescending(entry => entry.Number);
            List<AuditEntry> entries = await wanted.Take(size + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
            bool more = entries.Count > size;
            IReadOnlySet<long> hidden = await HiddenAsync(db, caller, entries, cancellationToken).ConfigureAwait(false);
            // Whoever looks for a case, or for a thing by its id, would learn from a blank line that it is such a case.
            bool aimed = filter.CaseNumber is not null || !string.IsNullOrEmpty(filter.Subject);
            return new FoundEntries(
                [
                    .. entries.Take(size).OrderByDescending(entry => entry.Number)
                        .Where(entry => !aimed || !IsHidden(entry, hidden))
                        .Select(entry => IsHidden(entry, hidden) ? Blank(entry) : entry),
                ],
                HasNewer: newerThan is not null ? more : olderThan is not null,
                HasOlder: newerThan is not null || more);
        }
    }

    private async Task<IReadOnlySet<long>> HiddenAsync(
        ConsoleDbContext db, Caller caller, List<AuditEntry> entries, CancellationToken cancellationToken)
    {
        long[] numbers = [.. entries.Select(entry => entry.CaseNumber).OfType<long>().Distinct()];
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return await sight.HiddenAmongAsync(db, caller, numbers, permissions, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsHidden(AuditEntry entry, IReadOnlySet<long> hidden) => entry.CaseNumber is { } number && hidden.Contains(number);

    private static AuditEntry Blank(AuditEntry entry) => new()
    {
        Number = entry.Number,
        Id = entry.Id,
        At = entry.At,
        Act = entry.Act,
        ActorKind = entry.ActorKind,
        ActorId = entry.ActorId,
        Details = """{"restricted":true}""",
    };

    private static IQueryable<AuditEntry> Matching(IQueryable<AuditEntry> entries, AuditFilter filter)
    {
        if (filter.ActorId is { } actorId)
        {
            entries = entries.Where(entry => entry.ActorId == actorId);
        }

        if (filter.Act is { } act)
        {
            entries = entries.Where(entry => entry.Act == act);
        }

        if (filter.CaseNumber is { } caseNumber)
        {
            entries = entries.Where(entry => entry.CaseNumber == caseNumber);
        }

        if (!string.IsNullOrEmpty(filter.Subject))
        {
            entries = entries.Where(entry => entry.Subject == filter.Subject);
        }

        if (filter.From is { } from)
        {
            entries = entries.Where(entry => entry.At >= from);
        }

        return filter.To is { } to ? entries.Where(entry => entry.At < to) : entries;
    }

    private static Dictionary<string, object?> Asked(AuditFilter filter)
    {
        Dictionary<string, object?> asked = [];
        void Add(string name, object? value)
        {
            if (value is not null)
            {
                asked[name] = value;
            }
        }

        Add("actor", filter.ActorId);
        Add("act", filter.Act?.ToString());
        Add("from", filter.From);
        Add("to", filter.To);
        // What a person typed may be anything; the entry holds ids only.
        Add("bySubject", string.IsNullOrEmpty(filter.Subject) ? null : true);
        return asked;
    }
}
