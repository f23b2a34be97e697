using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Changes a person's name, team and languages.</summary>
[Requires(Permission.ManagePeople)]
public sealed class SavePerson(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Stores the details of <paramref name="personId"/>.</summary>
    public async Task<PersonOutcome> RunAsync(
        Caller caller, Guid personId, string displayName, Guid? teamId, string languages, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SavePerson>(caller, cancellationToken).ConfigureAwait(false);
        if (PersonText.Name(displayName) is not { } name || PersonText.Languages(languages) is not { } tags)
        {
            return PersonOutcome.Invalid;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                Moderator? person = await scope.Db.Set<Moderator>().SingleOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false);
                if (person is null)
                {
                    return PersonOutcome.UnknownPerson;
                }

                if (teamId is { } team && !await scope.Db.Set<Team>().AnyAsync(row => row.Id == team, cancel).ConfigureAwait(false))
                {
                    return PersonOutcome.Invalid;
                }

                string[] changed =
                [
                    .. person.DisplayName != name ? ["name"] : Array.Empty<string>(),
                    .. person.TeamId != teamId ? ["team"] : Array.Empty<string>(),
                    .. person.Languages != tags ? ["languages"] : Array.Empty<string>(),
                ];
                person.DisplayName = name;
                person.TeamId = teamId;
                person.Languages = tags;
                scope.Record(caller, AuditAct.PersonChanged, subject: personId.ToString(), details: new Dictionary<string, object?> { ["changed"] = changed });
                scope.TellOf(personId, PersonChange.Profile, guard);
                return PersonOutcome.Done;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
