using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Cases;

/// <summary>
/// Whether a case is there for someone, asked once for all who ask at the same time: a page that two hundred look at asks two hundred
/// times at each change. The answer is as fresh as one's own read, for it is read after the question.
/// </summary>
public sealed class SharedSight(IDbContextFactory<ConsoleDbContext> contexts, IUnseenCases unseen, SharedReads<long, SharedSight.Sighting> reads)
{
    /// <summary>Whether a case of that number is there for the caller, as <see cref="CaseSight.IsThereAsync"/> says it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public async Task<bool> IsThereAsync(Caller caller, long caseNumber, IReadOnlySet<Permission> permissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(permissions);
        Sighting found = await reads.GetAsync(caseNumber, () => ReadAsync(caseNumber), cancellationToken).ConfigureAwait(false);
        return found.Sensitivity is { } sensitivity
            && (sensitivity != Sensitivity.ChildSafety || permissions.Contains(Permission.ChildSafety))
            && (caller.Kind != CallerKind.Person || !found.Unseen.Contains(caller.Id));
    }

    private async Task<Sighting> ReadAsync(long caseNumber)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            // For whom it is not there comes first: who lays the task down in between is then told that it is not there.
            HashSet<Guid> hidden = [.. await unseen.From(db, caseNumber).ToListAsync().ConfigureAwait(false)];
            Sensitivity? sensitivity = await db.Set<Case>().Where(about => about.Number == caseNumber)
                .Select(about => (Sensitivity?)about.Sensitivity).SingleOrDefaultAsync().ConfigureAwait(false);
            return new Sighting(sensitivity, hidden);
        }
    }

    /// <summary>What all who ask are answered from.</summary>
    /// <param name="Sensitivity">Of the case; null where there is none of the number.</param>
    /// <param name="Unseen">For whom it is not there for the time being.</param>
    public sealed record Sighting(Sensitivity? Sensitivity, IReadOnlySet<Guid> Unseen);
}
