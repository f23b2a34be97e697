using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Queues;

/// <summary>A queue with all its settings.</summary>
/// <param name="Id">Identity; null for a new one.</param>
/// <param name="Name">Unique name.</param>
/// <param name="Slug">Unique part of its address; fixed once stored.</param>
/// <param name="Kind">What kind of work; fixed once stored.</param>
/// <param name="Description">What waits here, for people.</param>
/// <param name="IsDefault">Takes what no routing row matches.</param>
/// <param name="IsFallback">Takes tasks that nobody in their own queue may take.</param>
/// <param name="PolicyRequired">Whether a violation needs a policy.</param>
/// <param name="ReasonRequired">Whether a violation needs a reason for the user.</param>
/// <param name="DeadlineMinutes">Minutes from queueing to the deadline; null for none.</param>
/// <param name="PinnedPolicies">Policies on keys 1 to 9, in this order.</param>
/// <param name="HiddenActions">Actions that may not be chosen here.</param>
/// <param name="Archived">Whether it takes no new tasks.</param>
/// <param name="Version">The version it was read at; null for a new one.</param>
public sealed record QueueSettings(
    Guid? Id, string Name, string Slug, QueueKind Kind = QueueKind.Review, string Description = "", bool IsDefault = false, bool IsFallback = false,
    bool PolicyRequired = true, bool ReasonRequired = true, int? DeadlineMinutes = null, IReadOnlyList<string>? PinnedPolicies = null,
    IReadOnlyList<string>? HiddenActions = null, bool Archived = false, long? Version = null)
{
    internal static QueueSettings Of(CaseQueue row) => new(
        row.Id, row.Name, row.Slug, row.Kind, row.Description, row.IsDefault, row.IsFallback, row.PolicyRequired, row.ReasonRequired,
        row.DeadlineMinutes, Split(row.PinnedPolicies), Split(row.HiddenActions), row.Archived, row.Version);

    internal static string Join(IReadOnlyList<string>? ids) => string.Join(',', (ids ?? []).Select(id => id.Trim()).Where(id => id.Length > 0));

    private static string[] Split(string ids) => ids.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>All queues with their settings, by name.</summary>
[Requires(Permission.ViewQueues)]
public sealed class ListQueues(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads them, archived ones included.</summary>
    public async Task<IReadOnlyList<QueueSettings>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListQueues>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<CaseQueue> queues = await db.Set<CaseQueue>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
            return [.. queues.Select(QueueSettings.Of)];
        }
    }
}
