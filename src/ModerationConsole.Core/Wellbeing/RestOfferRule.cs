using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>Who is on a break or away is offered nothing.</summary>
public sealed class RestOfferRule : IOfferRule
{
    /// <inheritdoc />
    public async ValueTask<bool> MayWorkAsync(ConsoleDbContext db, Guid personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return !await db.Set<Rest>().AnyAsync(row => row.PersonId == personId, cancellationToken).ConfigureAwait(false);
    }
}
