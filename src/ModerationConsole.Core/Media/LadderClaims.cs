using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Media;

/// <summary>One node's right to make steps 1 and 2 of one media object until <paramref name="Attempt"/> is no longer its latest.</summary>
internal sealed record LadderClaim(Guid Id, string Sha256, int Attempt)
{
    /// <summary>Child-safety media: compared with nothing.</summary>
    public bool ChildSafety { get; init; }

    /// <summary>Cancelled when another node may have taken it.</summary>
    public CancellationToken Over { get; init; }
}

/// <summary>Takes media objects whose steps 1 and 2 are due. The row is the queue here too.</summary>
internal static class LadderClaims
{
    private const int QueuedAtOnce = 200;

    /// <summary>Whether an object waits whose turn it is; none is while any still waits for its step 0.</summary>
    public static async Task<bool> AnyLadderDueAsync(this ConsoleDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        !await db.Set<MediaObject>()
            .AnyAsync(row => row.State == MediaState.Pending && row.NextAttemptAt <= now, cancellationToken).ConfigureAwait(false)
        && await db.Set<MediaObject>()
            .AnyAsync(row => row.Ladder == LadderState.Waiting && row.NextAttemptAt <= now, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes the object that waits longest, or none; another node may take it again after <paramref name="holdFor"/>, or once this one is dead.</summary>
    /// <param name="term">In which this node takes it; null where nobody knows of it.</param>
    public static async Task<LadderClaim?> ClaimLadderAsync(
        this WriteScope scope, TimeSpan holdFor, CancellationToken cancellationToken, DutyTerm? term = null)
    {
        while (await scope.Db.AnyLadderDueAsync(scope.Now, cancellationToken).ConfigureAwait(false))
        {
            var row = await scope.Db.Set<MediaObject>()
                .Where(row => row.Ladder == LadderState.Waiting && row.NextAttemptAt <= scope.Now)
                .OrderBy(row => row.NextAttemptAt)
                .FirstAsync(cancellationToken).ConfigureAwait(false);
            if (row.Sha256 is not null && row.Attempts < MediaClaims.MostAttempts)
            {
                row.Attempts++;
                row.NextAttemptAt = scope.Now + holdFor;
                row.HeldBy = term?.Holder;
                return new LadderClaim(row.Id, row.Sha256, row.Attempts) { ChildSafety = row.ChildSafety, Over = term?.Over ?? CancellationToken.None };
            }

            scope.EndLadder(row, LadderState.Failed, MediaProblem.GaveUp, []);
            await scope.Db.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>The claimed row, or null when the claim lapsed and someone else has taken it since.</summary>
    public static Task<MediaObject?> HeldLadderAsync(this WriteScope scope, LadderClaim claim, CancellationToken cancellationToken) =>
        scope.Db.Set<MediaObject>().SingleOrDefaultAsync(
            row => row.Id == claim.Id && row.Ladder == LadderState.Waiting && row.Attempts == claim.Attempt, cancellationToken);

    /// <summary>Gives a claim back unfinished.</summary>
    /// <param name="counts">False when what stopped the work was plainly the console's own trouble, not the media's.</param>
    public static async Task<bool> PostponeLadderAsync(
        this WriteScope scope, LadderClaim claim, TimeSpan delay, bool counts, CancellationToken cancellationToken)
    {
        if (await scope.HeldLadderAsync(claim, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        row.Attempts -= counts ? 0 : 1;
        row.NextAttemptAt = scope.Now + delay;
        row.HeldBy = null;
        return true;
    }

    /// <summary>Queues what got its step 0 before there were steps above it. Returns how many; call until none.</summary>
    public static async Task<int> QueueLaddersAsync(this WriteScope scope, CancellationToken cancellationToken)
    {
        var rows = await scope.Db.Set<MediaObject>()
            .Where(row => row.State == MediaState.Ready && row.Ladder == LadderState.None)
            .OrderBy(row => row.CreatedAt)
            .Take(QueuedAtOnce)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            scope.QueueLadder(row);
        }

        return rows.Count;
    }

    /// <summary>Puts an object whose step 0 is ready in line for the steps above it.</summary>
    public static void QueueLadder(this WriteScope scope, MediaObject row)
    {
        row.Ladder = LadderState.Waiting;
        row.Attempts = 0;
        row.NextAttemptAt = scope.Now;
        row.HeldBy = null;
    }
}
