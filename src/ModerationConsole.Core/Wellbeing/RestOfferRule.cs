using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>Who is on a break or away is offered nothing.</summary>
public sealed class RestOfferRule : IOfferRule
{
    private static readonly Reading<Guid, bool> s_resting = new(async (db, people, cancellationToken) => (await db.Set<Rest>()
        .Where(row => people.Contains(row.PersonId)).Select(row => row.PersonId).ToListAsync(cancellationToken).ConfigureAwait(false))
        .ToDictionary(person => person, _ => true));

    /// <inheritdoc />
    public Task ReadAsync(ReadAhead reads, IReadOnlyList<Guid> people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reads);
        return reads.LoadAsync(s_resting, people, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<bool> MayWorkAsync(ReadAhead reads, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reads);
        return !await reads.FindAsync(s_resting, personId, cancellationToken).ConfigureAwait(false);
    }
}
