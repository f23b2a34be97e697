using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>
/// Runs the clock of severe content where a case is shown that nobody holds as a task, as a past decision is that is held against a
/// draft. No sign of life comes from there: a look counts until it is over, and longer than a person mostly needs it counts for nothing.
/// </summary>
public sealed class LookClock : ILookMeter
{
    /// <summary>A look counts for no longer.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <inheritdoc />
    public async Task BeginAsync(WriteScope scope, Guid personId, long caseNumber, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (await SinceAsync(scope, personId, caseNumber, cancellationToken).ConfigureAwait(false) is null)
        {
            await EndAsync(scope, personId, cancellationToken).ConfigureAwait(false);
            await ExposureClock.LookAsync(scope.Db, personId, caseNumber, scope.Now, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public Task<DateTimeOffset?> SinceAsync(WriteScope scope, Guid personId, long caseNumber, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Open(scope, personId).Where(row => row.Fence == caseNumber).Select(row => (DateTimeOffset?)row.Since).SingleOrDefaultAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async Task EndAsync(WriteScope scope, Guid personId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        foreach (SevereTime row in await Open(scope, personId).ToListAsync(cancellationToken).ConfigureAwait(false))
        {
            row.Until = scope.Now - row.Since < Longest ? scope.Now : row.Since + Longest;
            row.Open = false;
        }
    }

    private static IQueryable<SevereTime> Open(WriteScope scope, Guid personId) =>
        scope.Db.Set<SevereTime>().Where(row => row.PersonId == personId && row.TaskNumber == SevereTime.NoTask && row.Open);
}
