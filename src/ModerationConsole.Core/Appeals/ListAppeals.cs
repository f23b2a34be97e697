using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Appeals;

/// <summary>Which appeals are wanted.</summary>
/// <param name="Answered">Those that were answered or withdrawn instead of those that are open.</param>
/// <param name="After">Number of the last one of the part before; null for the first part.</param>
public sealed record AppealFilter(bool Answered = false, string? PolicyId = null, string? Language = null, bool? Automated = null, long? After = null);

/// <summary>An appeal in a list. Nobody is named.</summary>
public sealed record AppealRow(
    long Number, AppealKind Kind, AppealState State, long CaseNumber, Verdict Verdict, string? PolicyName, string? PolicyCode, string? Language, bool Automated,
    DateTimeOffset ReceivedAt, DateTimeOffset DueAt, DateTimeOffset? AnsweredAt);

/// <summary>A part of the appeals.</summary>
/// <param name="More">Whether the list goes on.</param>
public sealed record FoundAppeals(IReadOnlyList<AppealRow> Rows, bool More);

/// <summary>Appeals: the open ones, the one that is due first at the top, or those that were answered, the newest first.</summary>
[Requires(Permission.ViewAppeals)]
public sealed class ListAppeals(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard, IUnseenCases unseen) : IUseCase
{
    private const int Part = 50;

    /// <summary>Lists a part of them.</summary>
    public async Task<FoundAppeals> RunAsync(Caller caller, AppealFilter filter, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListAppeals>(caller, cancellationToken).ConfigureAwait(false);
        ArgumentNullException.ThrowIfNull(filter);
        IReadOnlySet<Permission> held = await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            IQueryable<Appeal> rows = db.AppealsFor(caller, held, unseen).AsNoTracking().Where(row => (row.State != AppealState.Open) == filter.Answered);
            rows = filter.PolicyId is { } policyId ? rows.Where(row => row.PolicyId == policyId) : rows;
            rows = filter.Language is { } language ? rows.Where(row => row.Language == language) : rows;
            rows = filter.Automated is { } automated ? rows.Where(row => row.Automated == automated) : rows;
            rows = await AfterAsync(db, rows, filter, cancellationToken).ConfigureAwait(false);
            IQueryable<Appeal> ordered = filter.Answered
                ? rows.OrderByDescending(row => row.Number)
                : rows.OrderBy(row => row.DueAt).ThenBy(row => row.Number);
            List<AppealRow> found = await (
                from row in ordered.Take(Part + 1)
                join decision in db.Set<Decision>() on row.DecisionId equals decision.Id
                join policy in db.Set<PolicyVersion>() on decision.PolicyVersionId equals policy.Id into policies
                from policy in policies.DefaultIfEmpty()
                select new AppealRow(
                    row.Number, row.Kind, row.State, row.CaseNumber, row.Verdict, policy == null ? null : policy.Name, policy == null ? null : policy.Code,
                    row.Language, row.Automated, row.ReceivedAt, row.DueAt, row.AnsweredAt)).ToListAsync(cancellationToken).ConfigureAwait(false);
            found = [.. filter.Answered ? found.OrderByDescending(row => row.Number) : found.OrderBy(row => row.DueAt).ThenBy(row => row.Number)];
            return new FoundAppeals([.. found.Take(Part)], found.Count > Part);
        }
    }

    private static async Task<IQueryable<Appeal>> AfterAsync(ConsoleDbContext db, IQueryable<Appeal> rows, AppealFilter filter, CancellationToken cancellationToken)
    {
        if (filter.After is not { } last)
        {
            return rows;
        }

        if (filter.Answered)
        {
            return rows.Where(row => row.Number < last);
        }

        DateTimeOffset? due = await db.Set<Appeal>().Where(row => row.Number == last).Select(row => (DateTimeOffset?)row.DueAt).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return due is { } at ? rows.Where(row => row.DueAt > at || (row.DueAt == at && row.Number > last)) : rows;
    }
}

internal static class AppealSight
{
    /// <summary>Appeals whose case the caller may know of, and does not judge blind at the moment.</summary>
    public static IQueryable<Appeal> AppealsFor(this ConsoleDbContext db, Caller caller, IReadOnlySet<Permission> held, IUnseenCases unseen)
    {
        IQueryable<Case> cases = db.Set<Case>().VisibleTo(db, caller, held, unseen);
        return db.Set<Appeal>().Where(row => cases.Any(about => about.Number == row.CaseNumber));
    }
}
