using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Second;

namespace ModerationConsole.Core.People;

/// <summary>Someone who is to work here.</summary>
/// <param name="Email">What they sign in with.</param>
/// <param name="DisplayName">Name shown to the team.</param>
/// <param name="Roles">Names of roles, standing or made here.</param>
/// <param name="TeamId">Their team, if any.</param>
/// <param name="Languages">Languages they review, BCP 47, comma separated; empty means any.</param>
/// <param name="Password">Their password; null makes one that opens only the choice of their own.</param>
public sealed record NewPerson(
    string Email, string DisplayName, IReadOnlyCollection<string> Roles, Guid? TeamId = null, string Languages = "", string? Password = null);

/// <summary>How adding a person ended.</summary>
public enum AddPersonResult
{
    Added,
    InvalidEmail,
    EmailTaken,

    /// <summary>Name or languages cannot be stored as given.</summary>
    InvalidDetails,
    UnknownRole,
    UnknownTeam,

    /// <summary>They would hold what is to stay apart.</summary>
    Apart,
    PasswordRefused,

    /// <summary>The caller must first prove again who they are: a person comes with roles.</summary>
    ProveFirst,
}

/// <summary>Outcome of adding a person.</summary>
/// <param name="OneTimePassword">Shown once, where no password was given.</param>
/// <param name="Asked">Whether a powerful role waits for a second administrator.</param>
public sealed record AddPersonOutcome(AddPersonResult Result, Guid PersonId = default, string? OneTimePassword = null, bool Asked = false);

/// <summary>Adds a person with an account, roles and a pseudonym.</summary>
[Requires(Permission.ManagePeople)]
public sealed class AddPerson(WritePath writes, IAccessGuard guard, IRecentProof proof, Accounts accounts, Separation separation, SecondPerson second) : IUseCase
{
    /// <summary>Adds <paramref name="person"/>.</summary>
    public async Task<AddPersonOutcome> RunAsync(Caller caller, NewPerson person, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<AddPerson>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(person);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return new AddPersonOutcome(AddPersonResult.ProveFirst);
        }

        if (PersonText.Email(person.Email) is not { } email)
        {
            return new AddPersonOutcome(AddPersonResult.InvalidEmail);
        }

        if (PersonText.Name(person.DisplayName) is not { } name || PersonText.Languages(person.Languages) is not { } languages)
        {
            return new AddPersonOutcome(AddPersonResult.InvalidDetails);
        }

        if (person.Password is { } given && !PasswordRules.Accept(given))
        {
            return new AddPersonOutcome(AddPersonResult.PasswordRefused);
        }

        string password = person.Password ?? OneTimePassword.Create();
        string hash = accounts.Hash(password);
        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
                string normalized = accounts.Normalize(email);
                if (await scope.Db.Users.AnyAsync(row => row.NormalizedEmail == normalized, cancel).ConfigureAwait(false))
                {
                    return new AddPersonOutcome(AddPersonResult.EmailTaken);
                }

                if (person.TeamId is { } team && !await scope.Db.Set<Team>().AnyAsync(row => row.Id == team, cancel).ConfigureAwait(false))
                {
                    return new AddPersonOutcome(AddPersonResult.UnknownTeam);
                }

                if (person.Roles.Except(await RoleChange.GrantableAsync(scope, person.Roles, cancel).ConfigureAwait(false)).Any())
                {
                    return new AddPersonOutcome(AddPersonResult.UnknownRole);
                }

                if (await separation.ForbidsAsync(scope, null, person.Roles, cancel).ConfigureAwait(false))
                {
                    return new AddPersonOutcome(AddPersonResult.Apart);
                }

                IdentityUser<Guid> account = new(email) { Id = Guid.CreateVersion7(), Email = email, EmailConfirmed = true, PasswordHash = hash };
                await manager.CreateAsync(account).OrThrowAsync().ConfigureAwait(false);
                if (person.Password is null)
                {
                    await OneTimePassword.MarkAsync(manager, account).ConfigureAwait(false);
                }

                scope.Db.Add(new Moderator
                {
                    Id = account.Id,
                    DisplayName = name,
                    Pseudonym = await Pseudonyms.NextAsync(scope, cancel).ConfigureAwait(false),
                    TeamId = person.TeamId,
                    Languages = languages,
                    AddedAt = scope.Now,
                });
                scope.Record(caller, AuditAct.PersonAdded, subject: account.Id.ToString());
                RoleChange change = await RoleChange.ToAsync(scope, account.Id, person.Roles, cancel).ConfigureAwait(false);
                IReadOnlySet<string> powerful = await SecondPerson.PowerfulAsync(scope, person.Roles, cancel).ConfigureAwait(false);
                bool asks = powerful.Count > 0 && await second.IsNeededAsync(scope, caller, account.Id, cancel).ConfigureAwait(false);
                if (asks)
                {
                    await SecondPerson.AskAsync(scope, caller, account.Id, powerful, cancel).ConfigureAwait(false);
                    change = change.Without(powerful);
                }

                await change.ApplyAsync(scope, caller, cancel).ConfigureAwait(false);
                scope.TellOf(account.Id, PersonChange.Added, guard);
                return new AddPersonOutcome(AddPersonResult.Added, account.Id, person.Password is null ? password : null, asks);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
