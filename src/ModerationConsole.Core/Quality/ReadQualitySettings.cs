using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Quality;

/// <summary>What an error under a policy weighs.</summary>
/// <param name="Own">Its own weight, above 0 to 100; null where its severity says it.</param>
/// <param name="BySeverity">What its severity says.</param>
/// <param name="Version">The version its own weight was read at; null where it has none.</param>
public sealed record PolicyWeight(string PolicyId, string Code, string Name, Severity Severity, double? Own, double BySeverity, long? Version);

/// <summary>How quality is measured here.</summary>
/// <param name="GoldenRate">Golden cases for each decision, 0 to 0.2.</param>
/// <param name="TargetAccuracy">Accuracy that is aimed at, between 0 and 1.</param>
/// <param name="Version">The version it was read at; null while nothing was ever set.</param>
/// <param name="Weights">Of every policy that is not archived, in order of their codes.</param>
public sealed record QualityRules(double GoldenRate, double TargetAccuracy, long? Version, IReadOnlyList<PolicyWeight> Weights);

/// <summary>How quality is measured here.</summary>
[Requires(Permission.RunQuality)]
public sealed class ReadQualitySettings(IDbContextFactory<ConsoleDbContext> contexts, IAccessGuard guard) : IUseCase
{
    /// <summary>Reads it.</summary>
    public async Task<QualityRules> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<ReadQualitySettings>(caller, cancellationToken).ConfigureAwait(false);
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            QualitySettings? stored = await db.Set<QualitySettings>().AsNoTracking().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
            QualitySettings settings = stored ?? new QualitySettings();
            Dictionary<string, QualityWeight> weights = await db.Set<QualityWeight>().AsNoTracking().ToDictionaryAsync(row => row.PolicyId, cancellationToken).ConfigureAwait(false);
            List<Policy> policies = await db.Set<Policy>().AsNoTracking().Where(row => !row.Archived).ToListAsync(cancellationToken).ConfigureAwait(false);
            return new QualityRules(settings.GoldenRate, settings.TargetAccuracy, stored?.Version,
            [
                .. from policy in policies.OrderBy(row => row.Code, PolicyCodeOrder.Instance).ThenBy(row => row.Name, StringComparer.CurrentCulture)
                   let own = weights.GetValueOrDefault(policy.Id)
                   select new PolicyWeight(policy.Id, policy.Code, policy.Name, policy.Severity, own?.Weight, QualityWeight.Of(policy.Severity), own?.Version),
            ]);
        }
    }
}
