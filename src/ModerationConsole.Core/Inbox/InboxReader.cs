using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Proofs;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Inbox;

/// <summary>Puts together what was told and what sources tell by themselves, without what the person settled or may not know of.</summary>
public sealed class InboxReader(IEnumerable<IInboxSource> sources, IEnumerable<IInboxNames> names, ICaseSight sight)
{
    private const int MostTold = 200;

    /// <summary>Reads an inbox: what is due first, then what came last.</summary>
    public async Task<IReadOnlyList<InboxEntry>> ReadAsync(
        ConsoleDbContext db, Guid personId, IReadOnlySet<Permission> permissions, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<InboxEntry> entries = await db.Set<InboxItem>().AsNoTracking().Where(row => row.PersonId == personId && row.SettledAt == null)
            .OrderByDescending(row => row.At).Take(MostTold)
            .Select(row => new InboxEntry(row.Key, row.Kind, row.At, row.CaseNumber, row.TaskNumber, row.Subject, null, 0, null))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (IInboxNames room in names)
        {
            entries = await NameAsync(db, entries, room, cancellationToken).ConfigureAwait(false);
        }

        InboxQuestion question = new(db, personId, permissions, now);
        List<InboxEntry> standing = [];
        foreach (IInboxSource source in sources)
        {
            standing.AddRange(await source.ReadAsync(question, cancellationToken).ConfigureAwait(false));
        }

        string[] keys = [.. standing.Select(entry => entry.Key)];
        Dictionary<string, DateTimeOffset?> settled = await db.Set<InboxItem>().Where(row => row.PersonId == personId && keys.Contains(row.Key) && row.SettledAt != null)
            .ToDictionaryAsync(row => row.Key, row => row.SettledAt, cancellationToken).ConfigureAwait(false);
        // What is settled comes back when something newer of its kind needs the person.
        entries.AddRange(standing.Where(entry => settled.GetValueOrDefault(entry.Key) is not { } at || entry.At > at));
        long[] cases = [.. entries.Select(entry => entry.CaseNumber).OfType<long>().Distinct()];
        IReadOnlySet<long> hidden = await sight.HiddenAmongAsync(db, Caller.Person(personId), cases, permissions, cancellationToken).ConfigureAwait(false);
        return [.. entries.Where(entry => entry.CaseNumber is not { } number || !hidden.Contains(number))
            .OrderBy(entry => entry.DueAt ?? DateTimeOffset.MaxValue).ThenByDescending(entry => entry.At).ThenBy(entry => entry.Key, StringComparer.Ordinal)];
    }

    private static async Task<List<InboxEntry>> NameAsync(ConsoleDbContext db, List<InboxEntry> entries, IInboxNames room, CancellationToken cancellationToken)
    {
        string[] subjects = [.. entries.Where(entry => room.Names(entry.Kind)).Select(entry => entry.Subject).OfType<string>().Distinct()];
        if (subjects.Length == 0)
        {
            return entries;
        }

        IReadOnlyDictionary<string, string> found = await room.OfAsync(db, subjects, cancellationToken).ConfigureAwait(false);
        return [.. entries.Select(entry => room.Names(entry.Kind) && entry.Subject is { } subject ? entry with { Name = found.GetValueOrDefault(subject) } : entry)];
    }
}
