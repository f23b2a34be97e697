using Microsoft.AspNetCore.Identity;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Sessions;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Sets up the second factor that a role demands, in the middle of a sign-in: until it stands there is no session.</summary>
[Anonymous("Who must have a second factor has no session before there is one.")]
public sealed class SetUpAtSignIn(WritePath writes, Accounts accounts) : IUseCase
{
    /// <summary>Sets it up and signs in.</summary>
    /// <returns>Null where the ticket is good no more. The codes are shown once.</returns>
    public async Task<(SignInOutcome SignIn, IReadOnlyList<string> RecoveryCodes)?> RunAsync(
        SignInTicket ticket, string secret, string code, string? browser, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(code);
        return await writes.RunAsync<(SignInOutcome, IReadOnlyList<string>)?>(
            async (scope, cancel) =>
            {
                if (await SecondStep.AccountOfAsync(scope, ticket, setsUp: true, cancel).ConfigureAwait(false) is not var (person, account)
                    || await scope.Db.HasPasskeyAsync(account.Id, cancel).ConfigureAwait(false))
                {
                    return null;
                }

                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                Caller caller = Caller.Person(account.Id);
                if (await AddAuthenticator.SwitchOnAsync(scope, manager, account, caller, secret, code).ConfigureAwait(false) is not { } codes)
                {
                    return (new SignInOutcome(SignInResult.Failed), []);
                }

                scope.Record(caller, AuditAct.SignedIn, subject: account.Id.ToString());
                SessionStart start = SessionStart.Password with { Browser = browser };
                Session session = SessionOpening.Open(scope, person, account, start, ticket.SessionId);
                return (new SignInOutcome(SignInResult.SignedIn, session), codes);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
