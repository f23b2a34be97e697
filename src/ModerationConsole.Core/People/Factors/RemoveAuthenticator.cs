using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Takes codes of an app away as the caller's second factor, recovery codes with them. Their other sessions end.</summary>
[Requires(Permission.UseConsole)]
public sealed class RemoveAuthenticator(
    WritePath writes, IAccessGuard guard, IRecentProof proof, Accounts accounts, IOptions<SecondFactorOptions> options) : IUseCase
{
    /// <summary>Takes it away.</summary>
    public async Task<FactorOutcome> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<RemoveAuthenticator>(caller, cancellationToken).ConfigureAwait(false);
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

                if (await scope.Db.NeedsSecondFactorAsync(account.Id, options.Value, cancel).ConfigureAwait(false)
                    && !await scope.Db.HasPasskeyAsync(account.Id, cancel).ConfigureAwait(false))
                {
                    return new FactorOutcome(FactorResult.Required);
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                await SwitchOffAsync(scope, manager, account, caller).ConfigureAwait(false);
                await EndSessions.OfPersonAsync(scope, caller.Id, SessionEnd.AccountChanged, guard, cancel, but: caller.SessionId).ConfigureAwait(false);
                scope.TellOf(caller.Id, PersonChange.Password, guard);
                return new FactorOutcome(FactorResult.Done);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Switches the second factor off and forgets what belonged to it.</summary>
    internal static async Task SwitchOffAsync(WriteScope scope, UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account, Caller caller)
    {
        account.TwoFactorEnabled = false;
        await Authenticator.ForgetAsync(manager, account).ConfigureAwait(false);
        await RecoveryCodes.ForgetAsync(manager, account).ConfigureAwait(false);
        scope.Record(caller, AuditAct.SecondFactorRemoved, subject: account.Id.ToString(), details: new Dictionary<string, object?> { ["kind"] = "app" });
    }
}
