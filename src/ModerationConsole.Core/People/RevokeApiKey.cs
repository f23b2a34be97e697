using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Core.People;

/// <summary>What became of the wish to revoke a key.</summary>
public enum RevokeKeyOutcome
{
    /// <summary>It opens nothing from now on.</summary>
    Revoked,

    /// <summary>It was revoked before.</summary>
    AlreadyRevoked,

    /// <summary>There is no such key.</summary>
    NotFound,
}

/// <summary>Ends a program's key, at once and for good.</summary>
[Requires(Permission.ManageKeys)]
public sealed class RevokeApiKey(WritePath writes, IAccessGuard guard, KnownApiKeys known) : IUseCase
{
    /// <summary>Revokes the key: the next request with it is refused on this node, and on others a second later at most.</summary>
    public async Task<RevokeKeyOutcome> RunAsync(Caller caller, Guid keyId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RevokeApiKey>(caller, cancellationToken).ConfigureAwait(false);
        return await writes.RunAsync((scope, cancel) => RevokeAsync(scope, caller, keyId, known, cancel), cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<RevokeKeyOutcome> RevokeAsync(WriteScope scope, Caller caller, Guid keyId, KnownApiKeys known, CancellationToken cancellationToken)
    {
        ApiKey? key = await scope.Db.Set<ApiKey>().SingleOrDefaultAsync(row => row.Id == keyId, cancellationToken).ConfigureAwait(false);
        if (key is null)
        {
            return RevokeKeyOutcome.NotFound;
        }

        if (key.RevokedAt is not null)
        {
            return RevokeKeyOutcome.AlreadyRevoked;
        }

        key.RevokedAt = scope.Now;
        scope.AfterCommit(known.Forget);
        scope.Publish(LiveKind.ConfigurationChanged, state: ApiKeys.Changed);
        scope.Record(caller, AuditAct.KeyRevoked, subject: key.Id.ToString());
        return RevokeKeyOutcome.Revoked;
    }
}
