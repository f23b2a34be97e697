using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Appeals;

/// <summary>An appeal as who judges it sees it. Who decided is not told.</summary>
/// <param name="Text">What the person wrote.</param>
/// <param name="Verdict">What the decision found.</param>
/// <param name="ActionIds">Ids of what it ordered.</param>
/// <param name="Actions">Names of what it ordered.</param>
/// <param name="ReasonForUser">What the person was told.</param>
public sealed record AppealOnDesk(
    long Number, AppealKind Kind, string? Text, DateTimeOffset AppealedAt, DateTimeOffset DueAt, Verdict Verdict, string? PolicyId, string? PolicyName,
    string? PolicyCode, IReadOnlyList<string> ActionIds, IReadOnlyList<string> Actions, string? ReasonForUser)
{
    /// <summary>Items that came with it.</summary>
    public IReadOnlyList<AppealItem> Evidence { get; init; } = [];
}

/// <summary>An item that came with an appeal.</summary>
public sealed record AppealItem(Guid VersionId, string TypeName, string ItemId, IReadOnlyList<DeskField> Fields);

/// <summary>The appeal that a person has in hand.</summary>
[Requires(Permission.HearAppeals)]
public sealed class ReadAppealOnDesk(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int Most = 50;

    /// <summary>The appeal; null where the caller does not hold its task on the screen.</summary>
    public async Task<AppealOnDesk?> RunAsync(Caller caller, long taskNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadAppealOnDesk>(caller, cancellationToken).ConfigureAwait(false);
        bool seesChildSafety = await guard.HasAsync(caller, Permission.ChildSafety, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            var found = await (
                from appeal in db.Set<Appeal>().AsNoTracking()
                join lease in db.Set<ActiveLease>() on appeal.TaskNumber equals lease.TaskNumber
                join about in db.Set<Case>() on appeal.CaseNumber equals about.Number
                join decision in db.Set<Decision>() on appeal.DecisionId equals decision.Id
                join policy in db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
                from policy in policies.DefaultIfEmpty()
                where appeal.TaskNumber == taskNumber && lease.PersonId == caller.Id
                    && (seesChildSafety || about.Sensitivity != Sensitivity.ChildSafety)
                select new
                {
                    Appeal = appeal,
                    decision.Verdict,
                    decision.PolicyId,
                    Name = policy == null ? null : policy.Name,
                    Code = policy == null ? null : policy.Code,
                    decision.Actions,
                    decision.ReasonForUser,
                }).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                return null;
            }

            string[] actionIds = [.. ActionScope.List(found.Actions)];
            Dictionary<string, string> actions = await db.Set<ActionDefinition>().Where(action => actionIds.Contains(action.Id))
                .ToDictionaryAsync(action => action.Id, action => action.Name, cancellationToken).ConfigureAwait(false);
            Appeal one = found.Appeal;
            return new AppealOnDesk(
                one.Number, one.Kind, one.Text, one.AppealedAt, one.DueAt, found.Verdict, found.PolicyId, found.Name, found.Code,
                actionIds, [.. actionIds.Select(id => actions.GetValueOrDefault(id, id))], found.ReasonForUser)
            {
                Evidence = await EvidenceAsync(db, one.Number, seesChildSafety, cancellationToken).ConfigureAwait(false),
            };
        }
    }

    /// <summary>The items that came with an appeal, in order.</summary>
    internal static async Task<IReadOnlyList<AppealItem>> EvidenceAsync(ConsoleDbContext db, long number, bool seesChildSafety, CancellationToken cancellationToken)
    {
        var rows = await (
            from evidence in db.Set<AppealEvidence>()
            join item in db.Set<ItemVersion>().AsNoTracking() on evidence.ItemVersionId equals item.Id
            join type in db.Set<ItemType>() on item.TypeId equals type.Id
            where evidence.AppealNumber == number
                // An item that is itself judged under child safety needs that permission wherever it turns up, in any version.
                && (seesChildSafety || !(
                    from own in db.Set<Case>()
                    join version in db.Set<ItemVersion>() on own.ItemVersionId equals version.Id
                    where own.Sensitivity == Sensitivity.ChildSafety && version.ItemId == item.ItemId && version.TypeId == item.TypeId
                    select own.Number).Any())
            orderby evidence.Position
            select new { Item = item, Type = type }).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new AppealItem(row.Item.Id, row.Type.Name, row.Item.ItemId, DeskFields.Of(row.Type, row.Item)))];
    }
}
