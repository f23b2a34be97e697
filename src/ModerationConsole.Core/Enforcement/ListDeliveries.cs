using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Which deliveries are wanted.</summary>
/// <param name="State">Only those in this state; null for all.</param>
/// <param name="CaseNumber">Only those of this case; null for all.</param>
/// <param name="Before">The last line of the page before; null for the first page.</param>
/// <param name="Take">Lines of a page, 1 to 200.</param>
public sealed record DeliveryFilter(EnforcementState? State = null, long? CaseNumber = null, DeliveryCursor? Before = null, int Take = 50);

/// <summary>Where a page of deliveries ended.</summary>
public sealed record DeliveryCursor(DateTimeOffset CreatedAt, Guid Id);

/// <summary>A delivery without its body.</summary>
/// <param name="Host">Host that is told; empty where nobody is.</param>
/// <param name="NextTryAt">When it is sent next, UTC; null when it is over or under way.</param>
public sealed record DeliveryLine(
    Guid Id, long? CaseNumber, Guid? DecisionId, string ActionId, string ActionName, ActionTarget Target, string TargetTypeId, string TargetItemId, string Host,
    EnforcementState State, DateTimeOffset CreatedAt, DateTimeOffset? NextTryAt, int Attempts, int? LastStatus, string? LastProblem, DateTimeOffset? EndedAt)
{
    /// <summary>What it tells; id and name of the action are empty where it is none.</summary>
    public DeliveryKind Kind { get; init; }

    /// <summary>To be handed in for the page after this line.</summary>
    public DeliveryCursor Cursor => new(CreatedAt, Id);
}

/// <summary>What was told to the platform, newest first. Deliveries of child-safety cases are shown to those with that permission only.</summary>
[Requires(Permission.ViewDeliveries)]
public sealed class ListDeliveries(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    private const int MaxTake = 200;

    /// <summary>Reads one page.</summary>
    public async Task<IReadOnlyList<DeliveryLine>> RunAsync(Caller caller, DeliveryFilter filter, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListDeliveries>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(filter);
        bool seesChildSafety = await guard.HasAsync(caller, Permission.ChildSafety, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<EnforcementAction> rows = db.Set<EnforcementAction>().AsNoTracking();
            rows = filter.State is { } state ? rows.Where(row => row.State == state) : rows;
            rows = filter.CaseNumber is { } number ? rows.Where(row => row.CaseNumber == number) : rows;
            if (filter.Before is { } before)
            {
                rows = rows.Where(row => row.CreatedAt < before.CreatedAt || (row.CreatedAt == before.CreatedAt && row.Id.CompareTo(before.Id) < 0));
            }

            var page = await (
                from row in rows
                join action in db.Set<ActionDefinition>() on row.ActionId equals action.Id into actions
                from action in actions.DefaultIfEmpty()
                where seesChildSafety || row.CaseNumber == null
                    || db.Set<Case>().Any(about => about.Number == row.CaseNumber && about.Sensitivity != Sensitivity.ChildSafety)
                orderby row.CreatedAt descending, row.Id descending
                select new
                {
                    row.Id,
                    row.CaseNumber,
                    row.DecisionId,
                    row.Kind,
                    row.ActionId,
                    Name = action == null ? "" : action.Name,
                    row.Target,
                    row.TargetTypeId,
                    row.TargetItemId,
                    row.CallbackUrl,
                    row.State,
                    row.CreatedAt,
                    row.NotBefore,
                    row.Attempts,
                    row.LastStatus,
                    row.LastProblem,
                    row.EndedAt,
                }).Take(Math.Clamp(filter.Take, 1, MaxTake)).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. page.Select(row => new DeliveryLine(
                row.Id, row.CaseNumber, row.DecisionId, row.ActionId ?? "", row.Name, row.Target, row.TargetTypeId, row.TargetItemId,
                Uri.TryCreate(row.CallbackUrl, UriKind.Absolute, out Uri? address) ? address.Authority : "",
                row.State, row.CreatedAt, row.State == EnforcementState.Pending ? row.NotBefore : null, row.Attempts, row.LastStatus, row.LastProblem, row.EndedAt)
            {
                Kind = row.Kind,
            })];
        }
    }
}
