using Microsoft.AspNetCore.Identity;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Makes the caller new recovery codes; the old ones open nothing any more.</summary>
[Requires(Permission.UseConsole)]
public sealed class RenewRecoveryCodes(WritePath writes, IAccessGuard guard, IRecentProof proof, Accounts accounts) : IUseCase
{
    /// <summary>Makes them.</summary>
    public async Task<FactorOutcome> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RenewRecoveryCodes>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new FactorOutcome(FactorResult.ProveFirst);
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.FindPersonAsync(caller.Id, cancel).ConfigureAwait(false) is not var (_, account) || !account.TwoFactorEnabled)
                {
                    return new FactorOutcome(FactorResult.NotNow);
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                IReadOnlyList<string> codes = await RecoveryCodes.RenewAsync(manager, account).ConfigureAwait(false);
                scope.Record(caller, AuditAct.RecoveryCodesMade, subject: account.Id.ToString());
                return new FactorOutcome(FactorResult.Done, codes);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
