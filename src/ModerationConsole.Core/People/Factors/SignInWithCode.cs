using Microsoft.AspNetCore.Identity;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.Factors;

/// <summary>The second step of a sign-in: a code of the app, or a recovery code. Wrong codes count as wrong passwords do.</summary>
[Anonymous("Who typed the right password has no session before the code is right, too.")]
public sealed class SignInWithCode(WritePath writes, Accounts accounts) : IUseCase
{
    /// <summary>Checks the code and signs in.</summary>
    /// <returns>Null where the ticket is good no more: the sign-in begins anew.</returns>
    public async Task<SignInOutcome?> RunAsync(SignInTicket ticket, string code, string? browser, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(code);
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                if (await SecondStep.AccountOfAsync(scope, ticket, setsUp: false, cancel).ConfigureAwait(false) is not var (person, account))
                {
                    return null;
                }

                if (account.LockoutEnd > scope.Now)
                {
                    SignInFailures.Record(scope, account, "locked");
                    return new SignInOutcome(SignInResult.LockedOut, LockedUntil: account.LockoutEnd);
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                if (!await FactorCodes.TakeAsync(scope, manager, account, code).ConfigureAwait(false))
                {
                    return await SignInFailures.CountAsync(scope, manager, account, "code").ConfigureAwait(false);
                }

                await SignInFailures.ForgetAsync(manager, account).ConfigureAwait(false);
                scope.Record(Caller.Person(account.Id), AuditAct.SignedIn, subject: account.Id.ToString());
                SessionStart start = SessionStart.Password with { Browser = browser };
                return new SignInOutcome(SignInResult.SignedIn, SessionOpening.Open(scope, person, account, start, ticket.SessionId));
            },
            cancellationToken).ConfigureAwait(false);
    }
}
