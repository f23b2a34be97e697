using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>What became of the wish for other keys.</summary>
public enum RotateWebhooksOutcome
{
    Rotated,

    /// <summary>The former keys would go on for too long.</summary>
    OverlapInvalid,

    /// <summary>Former keys go on from the last rotation; they can only be ended at once, together with the present ones.</summary>
    OverlapRunning,

    /// <summary>The caller must first prove again who they are.</summary>
    ProveFirst,
}

/// <summary>
/// Makes other keys for webhooks. They sign from now on; for a while the former sign as well, so that platforms can be changed
/// over. Every node takes them up within a second.
/// </summary>
[Requires(Permission.ManageActions)]
public sealed class RotateWebhookKeys(WritePath writes, IAccessGuard guard, IRecentProof proof, WebhookKeys keys) : IUseCase
{
    /// <summary>The longest time for which the former keys go on.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    /// <summary>Rotates.</summary>
    /// <param name="overlap">How long the former keys go on; none at all is for keys that others have got hold of.</param>
    public async Task<RotateWebhooksOutcome> RunAsync(Caller caller, TimeSpan overlap, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RotateWebhookKeys>(caller, cancellationToken).ConfigureAwait(false);
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap)
        {
            return RotateWebhooksOutcome.OverlapInvalid;
        }

        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return RotateWebhooksOutcome.ProveFirst;
        }

        WebhookKeySet before = await keys.GetAsync(cancellationToken).ConfigureAwait(false);
        Guid id = Guid.CreateVersion7();
        // On the disk before the database speaks of them.
        WebhookKeyPair fresh = keys.Make(id);
        RotateWebhooksOutcome outcome = await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (overlap > TimeSpan.Zero && await scope.Db.Set<WebhookRotation>().AnyAsync(row => row.OldUntil > scope.Now, cancel).ConfigureAwait(false))
                {
                    return RotateWebhooksOutcome.OverlapRunning;
                }

                WebhookRotation rotation = new() { Id = id, At = scope.Now, OldUntil = scope.Now + overlap };
                scope.Db.Add(rotation);
                scope.AfterCommit(keys.Forget);
                scope.Record(caller, AuditAct.WebhookKeysRotated, subject: fresh.Id, details: new Dictionary<string, object?>
                {
                    ["before"] = before.Current.Id,
                    ["oldUntil"] = rotation.OldUntil,
                });
                return RotateWebhooksOutcome.Rotated;
            },
            cancellationToken).ConfigureAwait(false);
        if (outcome != RotateWebhooksOutcome.Rotated)
        {
            keys.Unmake(id);
        }

        return outcome;
    }
}
