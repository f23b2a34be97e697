using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>How saving a team ended.</summary>
public enum SaveTeamResult
{
    Saved,
    UnknownTeam,
    InvalidName,
    NameTaken,
    UnknownLead,
}

/// <summary>Outcome of saving a team.</summary>
public sealed record SaveTeamOutcome(SaveTeamResult Result, Guid TeamId = default);

/// <summary>Makes a team, or changes its name and lead.</summary>
[Requires(Permission.ManagePeople)]
public sealed class SaveTeam(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Saves a team.</summary>
    /// <param name="teamId">The team to change; null makes one.</param>
    /// <param name="leadId">Who leads it, if anyone.</param>
    public async Task<SaveTeamOutcome> RunAsync(Caller caller, Guid? teamId, string name, Guid? leadId, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveTeam>(caller, cancellationToken).ConfigureAwait(false);
        if (PersonText.Name(name) is not { } clean)
        {
            return new SaveTeamOutcome(SaveTeamResult.InvalidName);
        }

        return await writes.RunAsync(
            async (scope, cancel) =>
            {
                Team? team = teamId is null
                    ? scope.Db.Add(new Team()).Entity
                    : await scope.Db.Set<Team>().SingleOrDefaultAsync(row => row.Id == teamId, cancel).ConfigureAwait(false);
                if (team is null)
                {
                    return new SaveTeamOutcome(SaveTeamResult.UnknownTeam);
                }

                Guid id = team.Id;
                if (await scope.Db.Set<Team>().AnyAsync(row => row.Name == clean && row.Id != id, cancel).ConfigureAwait(false))
                {
                    scope.Discard();
                    return new SaveTeamOutcome(SaveTeamResult.NameTaken);
                }

                if (leadId is { } lead && !await scope.Db.Set<Moderator>().AnyAsync(row => row.Id == lead, cancel).ConfigureAwait(false))
                {
                    scope.Discard();
                    return new SaveTeamOutcome(SaveTeamResult.UnknownLead);
                }

                team.Name = clean;
                team.LeadId = leadId;
                scope.Record(caller, AuditAct.TeamChanged, subject: id.ToString(), details: new Dictionary<string, object?> { ["lead"] = leadId });
                return new SaveTeamOutcome(SaveTeamResult.Saved, id);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
