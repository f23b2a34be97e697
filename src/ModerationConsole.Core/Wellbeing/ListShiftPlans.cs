using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>A team or person with their plan, as far as they have one of their own.</summary>
/// <param name="Name">Of the team or person.</param>
/// <param name="Team">The person's team; null for teams and people without.</param>
public sealed record ShiftPlanRow(Guid SubjectId, string Name, bool IsTeam, string? Team, ShiftPlanDraft? Plan);

/// <summary>Teams and enabled people with their shift hours and limits, teams first.</summary>
[Requires(Permission.PlanShifts)]
public sealed class ListShiftPlans(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads them.</summary>
    public async Task<IReadOnlyList<ShiftPlanRow>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListShiftPlans>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Dictionary<Guid, ShiftPlanDraft> plans = (await db.Set<ShiftPlan>().AsNoTracking().ToListAsync(cancellationToken).ConfigureAwait(false))
                .ToDictionary(row => row.SubjectId, row => new ShiftPlanDraft(
                    row.SubjectId, row.SeverePerShift, row.SeverePerDay, row.SevereAtAStretch, row.From, row.To, row.Days, row.TimeZone, row.Version));
            Dictionary<Guid, string> teams = await db.Set<Team>().ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken).ConfigureAwait(false);
            var people = await db.Set<Moderator>().Where(row => !row.Disabled).Select(row => new { row.Id, row.DisplayName, row.TeamId }).ToListAsync(cancellationToken).ConfigureAwait(false);
            return
            [
                .. teams.OrderBy(team => team.Value, StringComparer.OrdinalIgnoreCase).Select(team => new ShiftPlanRow(team.Key, team.Value, true, null, plans.GetValueOrDefault(team.Key))),
                .. people.OrderBy(person => person.DisplayName, StringComparer.OrdinalIgnoreCase).Select(person => new ShiftPlanRow(
                    person.Id, person.DisplayName, false, person.TeamId is { } team ? teams.GetValueOrDefault(team) : null, plans.GetValueOrDefault(person.Id))),
            ];
        }
    }
}
