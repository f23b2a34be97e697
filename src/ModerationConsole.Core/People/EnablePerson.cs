using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>Lets a disabled person in again, with the roles and the password they had.</summary>
[Requires(Permission.ManagePeople)]
public sealed class EnablePerson(WritePath writes, IAccessGuard guard, IRecentProof proof) : IUseCase
{
    /// <summary>Enables <paramref name="personId"/>.</summary>
    public async Task<PersonOutcome> RunAsync(Caller caller, Guid personId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<EnablePerson>(caller, cancellationToken).ConfigureAwait(false);
        if (!await proof.IsFreshAsync(caller, cancellationToken).ConfigureAwait(false))
        {
            return PersonOutcome.ProveFirst;
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                Moderator? person = await scope.Db.Set<Moderator>().SingleOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false);
                if (person is null)
                {
                    return PersonOutcome.UnknownPerson;
                }

                if (person.Disabled)
                {
                    person.Disabled = false;
                    scope.Record(caller, AuditAct.PersonEnabled, subject: personId.ToString());
                    scope.TellOf(personId, PersonChange.Enabled, guard);
                }

                return PersonOutcome.Done;
            },
            cancellationToken).ConfigureAwait(false);
    }
}
