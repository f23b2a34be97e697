using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>A policy as programs see it.</summary>
public sealed record PolicyNode(string Id, string Name, string? ParentId);

/// <summary>Reads the policies that reports and decisions may name.</summary>
[Requires(Permission.ReadPolicies)]
public sealed class ReadPolicyTree(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>All policies that are not archived, by their code.</summary>
    public async Task<IReadOnlyList<PolicyNode>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadPolicyTree>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return await db.Set<Policy>().Where(row => !row.Archived).OrderBy(row => row.Code).ThenBy(row => row.Id)
                .Select(row => new PolicyNode(row.Id, row.Name, row.ParentId)).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
