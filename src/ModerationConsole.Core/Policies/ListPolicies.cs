using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>A policy in the tree.</summary>
/// <param name="Depth">How many policies stand above it.</param>
/// <param name="VersionNumber">Number of the version in force.</param>
public sealed record PolicyRow(string Id, string Code, string Name, string? ParentId, int Depth, Severity Severity, int VersionNumber, bool Archived);

/// <summary>All policies as a tree: each below its parent, in order of their codes.</summary>
[Requires(Permission.ViewPolicies)]
public sealed class ListPolicies(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Lists them, archived ones too where asked for.</summary>
    public async Task<IReadOnlyList<PolicyRow>> RunAsync(Caller caller, bool archived, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ListPolicies>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<PolicyRow> rows = await db.Set<Policy>().AsNoTracking().Where(policy => archived || !policy.Archived)
                .Select(policy => new PolicyRow(policy.Id, policy.Code, policy.Name, policy.ParentId, 0, policy.Severity, policy.CurrentVersion, policy.Archived))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return Tree(rows);
        }
    }

    private static List<PolicyRow> Tree(List<PolicyRow> rows)
    {
        HashSet<string> known = [.. rows.Select(row => row.Id)];
        // One whose parent is archived or gone stands at the top.
        ILookup<string, PolicyRow> children = rows
            .OrderBy(row => row.Code, PolicyCodeOrder.Instance).ThenBy(row => row.Name, StringComparer.CurrentCulture)
            .ToLookup(row => row.ParentId is { } parent && known.Contains(parent) ? parent : "", StringComparer.Ordinal);
        List<PolicyRow> tree = [];
        void Add(string parent, int depth)
        {
            foreach (PolicyRow row in children[parent])
            {
                tree.Add(row with { Depth = depth });
                Add(row.Id, depth + 1);
            }
        }

        Add("", 0);
        return tree;
    }
}
