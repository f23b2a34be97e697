using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Queues;

/// <summary>How much waits in a language, and how many people who read it are at work.</summary>
/// <param name="Language">Without region; null for tasks without language.</param>
/// <param name="Waiting">Tasks that wait.</param>
/// <param name="AtWork">People at work who review it, those who review any language among them.</param>
public sealed record LanguageLine(string? Language, int Waiting, int AtWork);

/// <summary>Whether each language that waits has people at work. Counts only: who rests is nobody's business.</summary>
[Requires(Permission.ViewQueues)]
public sealed class PeopleAtWork(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, TimeProvider clock) : IUseCase
{
    /// <summary>Reads it; the language with most waiting first.</summary>
    public async Task<IReadOnlyList<LanguageLine>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<PeopleAtWork>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var waiting = await db.Set<WaitingTask>().GroupBy(row => row.Language).Select(group => new { group.Key, Count = group.Count() })
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            List<string> atWork = await db.AtWork(clock.Now()).Select(person => person.Languages).ToListAsync(cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string>[] spoken = [.. atWork.Select(ReviewLanguage.List)];
            IEnumerable<string?> languages = waiting.Select(row => row.Key).Concat(spoken.SelectMany(one => one)).Distinct();
            return [.. languages.Select(language => new LanguageLine(
                    language,
                    waiting.Find(row => row.Key == language)?.Count ?? 0,
                    spoken.Count(one => language is null || one.Count == 0 || one.Contains(language))))
                .OrderByDescending(line => line.Waiting).ThenBy(line => line.Language, StringComparer.Ordinal)];
        }
    }
}

internal static class AtWorkNow
{
    // Someone between two cases is still at work.
    private static readonly TimeSpan s_lately = TimeSpan.FromMinutes(10);

    /// <summary>People who have a case in hand, or decided one a moment ago.</summary>
    public static IQueryable<Moderator> AtWork(this ConsoleDbContext db, DateTimeOffset now)
    {
        DateTimeOffset since = now - s_lately;
        return db.Set<Moderator>().Where(person => !person.Disabled
            && (db.Set<ActiveLease>().Any(lease => lease.PersonId == person.Id)
                || db.Set<LeaseRecord>().Any(lease => lease.PersonId == person.Id && lease.EndedAt >= since && lease.End == LeaseEnd.Decided)));
    }
}
