using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>An action that was ordered for a case, to read.</summary>
/// <param name="NotBefore">Not sent before this time, UTC.</param>
/// <param name="Problem">Code of the last try's problem.</param>
public sealed record CaseAction(
    Guid Id, Guid? DecisionId, string ActionName, ActionTarget Target, string TargetTypeId, string TargetItemId, EnforcementState State,
    int Attempts, DateTimeOffset CreatedAt, DateTimeOffset NotBefore, DateTimeOffset? EndedAt, string? Problem)
{
    /// <summary>What it tells; the name of the action is empty where it is none.</summary>
    public DeliveryKind Kind { get; init; }
}

/// <summary>What was ordered for a case and what became of it, newest first.</summary>
[Requires(Permission.ViewCases)]
public sealed class ListCaseActions(
    IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, SharedSight sight, SharedReads<(long Number, bool ChildSafety), IReadOnlyList<CaseAction>> reads) : IUseCase
{
    private const int Most = 200;

    /// <summary>Reads them; none for a case that the caller may not know of.</summary>
    public async Task<IReadOnlyList<CaseAction>> RunAsync(Caller caller, long caseNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListCaseActions>(caller, cancellationToken).ConfigureAwait(false);
        IReadOnlySet<Permission> permissions = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        return !await sight.IsThereAsync(caller, caseNumber, permissions, cancellationToken).ConfigureAwait(false) ? [] : await reads.GetAsync(
            (caseNumber, permissions.Contains(Permission.ChildSafety)), () => ReadAsync(caseNumber, permissions), cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<CaseAction>> ReadAsync(long caseNumber, IReadOnlySet<Permission> permissions)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync().ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await (
                from row in db.Set<EnforcementAction>().AsNoTracking()
                join about in db.Set<Case>().VisibleWith(permissions) on row.CaseNumber equals about.Number
                join action in db.Set<ActionDefinition>() on row.ActionId equals action.Id into actions
                from action in actions.DefaultIfEmpty()
                where row.CaseNumber == caseNumber
                orderby row.CreatedAt descending, row.Id descending
                select new CaseAction(
                    row.Id, row.DecisionId, action == null ? "" : action.Name, row.Target, row.TargetTypeId, row.TargetItemId, row.State,
                    row.Attempts, row.CreatedAt, row.NotBefore, row.EndedAt, row.LastProblem)
                {
                    Kind = row.Kind,
                })
                .Take(Most).ToListAsync().ConfigureAwait(false);
        }
    }
}
