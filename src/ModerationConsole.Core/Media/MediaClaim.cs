using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;

namespace ModerationConsole.Core.Media;

/// <summary>One node's right to work on one media object until <paramref name="Attempt"/> is no longer its latest.</summary>
internal sealed record MediaClaim(Guid Id, string? SourceUrl, string? Sha256, int Attempt, bool ChildSafety = false)
{
    /// <summary>Cancelled when another node may have taken it.</summary>
    public CancellationToken Over { get; init; }
}

/// <summary>Takes media objects that are due, and gives them back. The row is the queue: a killed node loses nothing.</summary>
internal static class MediaClaims
{
    /// <summary>Attempts before the console gives up, those that ended with the process included.</summary>
    public const int MostAttempts = 5;

    private const int RequeuedAtOnce = 200;

    /// <summary>Takes up to <paramref name="most"/> due objects; another node may take them again after <paramref name="holdFor"/>, or once this one is dead.</summary>
    /// <param name="term">In which this node takes them; null where nobody knows of it.</param>
    public static async Task<IReadOnlyList<MediaClaim>> ClaimMediaAsync(
        this WriteScope scope, int most, TimeSpan holdFor, CancellationToken cancellationToken, DutyTerm? term = null)
    {
        var due = await scope.Db.Set<MediaObject>()
            .Where(row => row.State == MediaState.Pending && row.NextAttemptAt <= scope.Now)
            .OrderBy(row => row.NextAttemptAt)
            .Take(most)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var claims = new List<MediaClaim>();
        foreach (var row in due)
        {
            if (row.Attempts >= MostAttempts)
            {
                scope.EndMedia(row, row.Sha256 is null ? MediaState.Refused : MediaState.Placeholder, MediaProblem.GaveUp);
                continue;
            }

            row.Attempts++;
            row.NextAttemptAt = scope.Now + holdFor;
            row.HeldBy = term?.Holder;
            claims.Add(new MediaClaim(row.Id, row.SourceUrl, row.Sha256, row.Attempts, row.ChildSafety) { Over = term?.Over ?? CancellationToken.None });
        }

        return claims;
    }

    /// <summary>The claimed row, or null when the claim lapsed and someone else has taken it since.</summary>
    public static Task<MediaObject?> HeldMediaAsync(this WriteScope scope, MediaClaim claim, CancellationToken cancellationToken) =>
        scope.Db.Set<MediaObject>().SingleOrDefaultAsync(
            row => row.Id == claim.Id && row.State == MediaState.Pending && row.Attempts == claim.Attempt, cancellationToken);

    /// <summary>Gives a claim back unfinished.</summary>
    /// <param name="counts">False when what stopped the work was plainly the console's own trouble, not the media's.</param>
    public static async Task<bool> PostponeMediaAsync(
        this WriteScope scope, MediaClaim claim, TimeSpan delay, bool counts, CancellationToken cancellationToken)
    {
        if (await scope.HeldMediaAsync(claim, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        row.Attempts -= counts ? 0 : 1;
        row.NextAttemptAt = scope.Now + delay;
        row.HeldBy = null;
        return true;
    }

    /// <summary>Queues what has a placeholder only because no renderer was installed. Returns how many; call until none.</summary>
    public static async Task<int> RequeueUnrenderedMediaAsync(this WriteScope scope, CancellationToken cancellationToken)
    {
        var rows = await scope.Db.Set<MediaObject>()
            .Where(row => row.State == MediaState.Placeholder && row.Problem == nameof(MediaProblem.RendererMissing))
            .OrderBy(row => row.CreatedAt)
            .Take(RequeuedAtOnce)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var row in rows)
        {
            row.State = MediaState.Pending;
            row.Problem = null;
            row.Attempts = 0;
            row.NextAttemptAt = scope.Now;
            row.HeldBy = null;
            scope.Record(Caller.System, AuditAct.MediaQueuedAgain, subject: row.Id.ToString());
        }

        return rows.Count;
    }
}
