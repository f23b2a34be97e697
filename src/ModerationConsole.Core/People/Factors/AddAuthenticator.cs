using Microsoft.AspNetCore.Identity;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.Factors;

/// <summary>How setting up or changing a second factor ended.</summary>
public enum FactorResult
{
    Done,

    /// <summary>The code is none of the secret's at this time.</summary>
    WrongCode,

    /// <summary>There is one already, or none to change.</summary>
    NotNow,

    /// <summary>A role of the person demands a second factor, and this is the last.</summary>
    Required,

    /// <summary>The person must first prove again who they are.</summary>
    ProveFirst,
}

/// <summary>Outcome of setting up or changing a second factor.</summary>
/// <param name="RecoveryCodes">Shown once, where new ones were made.</param>
public sealed record FactorOutcome(FactorResult Result, IReadOnlyList<string>? RecoveryCodes = null);

/// <summary>Makes codes of an app the caller's second factor. Their other sessions end.</summary>
[Requires(Permission.UseConsole)]
public sealed class AddAuthenticator(WritePath writes, IAccessGuard guard, IRecentProof proof, Accounts accounts) : IUseCase
{
    /// <summary>Sets it up.</summary>
    /// <param name="secret">What the app was given: <see cref="Authenticator.NewSecret"/>.</param>
    /// <param name="code">A code of the app, which shows that it has the secret.</param>
    public async Task<FactorOutcome> RunAsync(Caller caller, string secret, string code, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AddAuthenticator>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(code);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new FactorOutcome(FactorResult.ProveFirst);
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await scope.FindPersonAsync(caller.Id, cancel).ConfigureAwait(false) is not var (_, account) || account.TwoFactorEnabled)
                {
                    return new FactorOutcome(FactorResult.NotNow);
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                if (await SwitchOnAsync(scope, manager, account, caller, secret, code).ConfigureAwait(false) is not { } codes)
                {
                    return new FactorOutcome(FactorResult.WrongCode);
                }

                await EndSessions.OfPersonAsync(scope, caller.Id, SessionEnd.AccountChanged, guard, cancel, but: caller.SessionId).ConfigureAwait(false);
                scope.TellOf(caller.Id, PersonChange.Password, guard);
                return new FactorOutcome(FactorResult.Done, codes);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Switches the second factor on if the code is the secret's; null if it is not.</summary>
    internal static async Task<IReadOnlyList<string>?> SwitchOnAsync(
        WriteScope scope, UserManager<IdentityUser<Guid>> manager, IdentityUser<Guid> account, Caller caller, string secret, string code)
    {
        string plain = new([.. code.Take(FactorCodes.MaxLength).Where(letter => !char.IsWhiteSpace(letter))]);
        if (Authenticator.StepOf(secret, plain, scope.Now) is not { } step)
        {
            return null;
        }

        account.TwoFactorEnabled = true;
        await Authenticator.KeepAsync(manager, account, secret, step).ConfigureAwait(false);
        IReadOnlyList<string> codes = await RecoveryCodes.RenewAsync(manager, account).ConfigureAwait(false);
        scope.Record(caller, AuditAct.SecondFactorAdded, subject: account.Id.ToString(), details: new Dictionary<string, object?> { ["kind"] = "app" });
        scope.Record(caller, AuditAct.RecoveryCodesMade, subject: account.Id.ToString());
        return codes;
    }
}
