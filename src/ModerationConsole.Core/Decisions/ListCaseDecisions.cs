using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Decisions;

/// <summary>A decision on a case, to read.</summary>
/// <param name="CaseVersion">The version of the case that it judged.</param>
/// <param name="Person">Who decided; null where the console did.</param>
/// <param name="PolicyVersion">Number of the policy's version that was used.</param>
/// <param name="Actions">Names of the ordered actions.</param>
/// <param name="HandlingSeconds">From first shown to decided.</param>
public sealed record CaseDecision(
    Guid Id, int CaseVersion, DateTimeOffset At, Verdict Verdict, string? CannotReviewCode, DecisionState State, string? Person,
    string? PolicyId, string? PolicyName, string? PolicyCode, int? PolicyVersion, IReadOnlyList<string> Actions,
    string? ReasonForUser, string? InternalNote, double HandlingSeconds);

/// <summary>All decisions on a case over its versions, newest first.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListCaseDecisions(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, SharedSight sight, SharedReads<(long Number, bool ChildSafety), IReadOnlyList<CaseDecision>> reads) : IUseCase
{
    private const int Most = 100;

    /// <summary>Reads them; none for a case that the caller may not know of.</summary>
    public async Task<IReadOnlyList<CaseDecision>> RunAsync(Caller caller, long caseNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListCaseDecisions>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return !await sight.IsThereAsync(caller, caseNumber, permissions, cancellationToken).ConfigureAwait(false) ? [] : await reads.GetAsync(
            (caseNumber, permissions.Contains(Permission.ChildSafety)), () => ReadAsync(caseNumber, permissions), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<CaseDecision>> ReadAsync(long caseNumber, IReadOnlySet<Permission> permissions)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var rows = await (
                from decision in db.Judgements().AsNoTracking()
                join about in db.Set<Case>().VisibleWith(permissions) on decision.CaseNumber equals about.Number
                where decision.CaseNumber == caseNumber
                join person in db.Set<Moderator>() on decision.DeciderId equals person.Id into people
                from person in people.DefaultIfEmpty()
                join version in db.Set<PolicyVersion>() on decision.PolicyVersionId equals version.Id into versions
                from version in versions.DefaultIfEmpty()
                orderby decision.DecidedAt descending, decision.Id descending
                select new
                {
                    Decision = decision,
                    Person = person == null ? null : person.DisplayName,
                    Code = version == null ? null : version.Code,
                    Name = version == null ? null : version.Name,
                    Version = version == null ? (int?)null : version.Number,
                }).Take(Most).ToListAsync().ConfigureAwait(false);
            string[] actionIds = [.. rows.SelectMany(row => ActionScope.List(row.Decision.Actions)).Distinct()];
            Dictionary<string, string> actions = await db.Set<ActionDefinition>().Where(action => actionIds.Contains(action.Id))
                .ToDictionaryAsync(action => action.Id, action => action.Name).ConfigureAwait(false);
            return [.. rows.Select(row => new CaseDecision(
                row.Decision.Id, row.Decision.CaseVersion, row.Decision.DecidedAt, row.Decision.Verdict, row.Decision.CannotReviewCode,
                row.Decision.State, row.Person, row.Decision.PolicyId, row.Name, row.Code, row.Version,
                [.. ActionScope.List(row.Decision.Actions).Select(id => actions.GetValueOrDefault(id, id))],
                row.Decision.ReasonForUser, row.Decision.InternalNote, row.Decision.HandlingSeconds))];
        }
    }
}
