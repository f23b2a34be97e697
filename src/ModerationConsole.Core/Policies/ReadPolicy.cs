using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Policies;

/// <summary>A policy with the words of one of its versions.</summary>
/// <param name="Policy">The policy as it is now, with the version that a change must name.</param>
/// <param name="Shown">The version that is read.</param>
/// <param name="Versions">All versions, newest first.</param>
public sealed record PolicyView(Policy Policy, PolicyVersion Shown, IReadOnlyList<PolicyVersionRow> Versions);

/// <summary>A version in a list.</summary>
public sealed record PolicyVersionRow(int Number, string Name, Severity Severity, DateTimeOffset EffectiveFrom);

/// <summary>Reads a policy's text and guidance.</summary>
[Requires(Permission.ViewPolicies)]
public sealed class ReadPolicy(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>The policy at a version, or as it is in force when none is named; null where there is none.</summary>
    public async Task<PolicyView?> RunAsync(Caller caller, string policyId, int? versionNumber, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadPolicy>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            Policy? policy = await db.Set<Policy>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == policyId, cancellationToken).ConfigureAwait(false);
            if (policy is null)
            {
                return null;
            }

            int number = versionNumber ?? policy.CurrentVersion;
            PolicyVersion? shown = await db.Set<PolicyVersion>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.PolicyId == policyId && row.Number == number, cancellationToken).ConfigureAwait(false);
            List<PolicyVersionRow> versions = await db.Set<PolicyVersion>().AsNoTracking().Where(row => row.PolicyId == policyId)
                .OrderByDescending(row => row.Number)
                .Select(row => new PolicyVersionRow(row.Number, row.Name, row.Severity, row.EffectiveFrom))
                .ToListAsync(cancellationToken).ConfigureAwait(false);
            return shown is null ? null : new PolicyView(policy, shown, versions);
        }
    }
}
