using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.People;

/// <summary>What became of the wish for a successor.</summary>
public enum RotateKeyOutcome
{
    Rotated,

    /// <summary>There is no such key.</summary>
    NotFound,

    /// <summary>It was revoked, or has ended: what is wanted is a new key.</summary>
    Over,

    /// <summary>It has a successor.</summary>
    HasSuccessor,

    /// <summary>The old key would go on for too long.</summary>
    OverlapInvalid,

    /// <summary>The successor would have ended before it was made, lasts too long, or has no end where each must have one.</summary>
    EndInvalid,

    /// <summary>The caller must first prove again who they are.</summary>
    ProveFirst,
}

/// <summary>A successor that was just made. <see cref="Key"/> is told this once and stored nowhere.</summary>
/// <param name="OldEndsAt">From when on the former key opens nothing.</param>
public sealed record RotatedKey(RotateKeyOutcome Outcome, Guid Id = default, string Key = "", DateTimeOffset OldEndsAt = default);

/// <summary>Makes a key that takes another's place: it opens the same, from the same addresses, and the former goes on for a while beside it.</summary>
[Requires(Permission.ManageKeys)]
public sealed class RotateApiKey(WritePath writes, IAccessGuard guard, IRecentProof proof, KnownApiKeys known, KeyRules rules) : IUseCase
{
    /// <summary>Makes the successor.</summary>
    /// <param name="overlap">How long the former key goes on, unless it ends sooner anyway; none at all is allowed.</param>
    /// <param name="expiresAt">From when on the successor opens nothing; null for never.</param>
    public async Task<RotatedKey> RunAsync(Caller caller, Guid keyId, TimeSpan overlap, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RotateApiKey>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new RotatedKey(RotateKeyOutcome.ProveFirst);
        }

        if (overlap < TimeSpan.Zero || overlap > KeyRules.LongestOverlap)
        {
            return new RotatedKey(RotateKeyOutcome.OverlapInvalid);
        }

        string secret = ApiKeys.Make();
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                ApiKey? old = await scope.Db.Set<ApiKey>().SingleOrDefaultAsync(row => row.Id == keyId, cancel).ConfigureAwait(false);
                RotateKeyOutcome outcome = old switch
                {
                    null => RotateKeyOutcome.NotFound,
                    { SuccessorId: not null } => RotateKeyOutcome.HasSuccessor,
                    _ when old.IsOver(scope.Now) => RotateKeyOutcome.Over,
                    _ when !rules.IsEnd(expiresAt, scope.Now) => RotateKeyOutcome.EndInvalid,
                    _ => RotateKeyOutcome.Rotated,
                };
                if (old is null || outcome != RotateKeyOutcome.Rotated)
                {
                    return new RotatedKey(outcome);
                }

                ApiKey successor = new()
                {
                    Name = old.Name,
                    Prefix = ApiKeys.PrefixOf(secret),
                    Hash = ApiKeys.Hash(secret),
                    Scopes = old.Scopes,
                    CreatedAt = scope.Now,
                    ExpiresAt = expiresAt,
                    RequestsPerSecond = old.RequestsPerSecond,
                    Networks = old.Networks,
                };
                scope.Db.Add(successor);
                DateTimeOffset end = scope.Now + overlap;
                old.ExpiresAt = old.ExpiresAt is { } sooner && sooner < end ? sooner : end;
                old.SuccessorId = successor.Id;
                scope.AfterCommit(known.Forget);
                scope.Publish(LiveKind.ConfigurationChanged, state: ApiKeys.Changed);
                scope.Record(caller, AuditAct.KeyRotated, subject: old.Id.ToString(), details: new Dictionary<string, object?>(ApiKeys.Describe(successor))
                {
                    ["successor"] = successor.Id,
                    ["oldEnds"] = old.ExpiresAt,
                });
                return new RotatedKey(outcome, successor.Id, secret, old.ExpiresAt.Value);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
