using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Sampling;

namespace ModerationConsole.Core.Quality.Results;

/// <summary>A verdict as it was given, without who gave it.</summary>
/// <param name="PolicyVersion">Number of the policy's version that was used.</param>
/// <param name="Actions">Names of the actions.</param>
public sealed record JudgedVerdict(
    Verdict Verdict, NamedPolicy? Policy, int? PolicyVersion, IReadOnlyList<string> Actions, string? ReasonForUser, string? InternalNote);

/// <summary>A policy by name: of a verdict, as it was called when it was given.</summary>
public sealed record NamedPolicy(string Id, string Code, string Name);

/// <summary>Reads verdicts and policies for those who are told of a result.</summary>
internal static class JudgedVerdicts
{
    /// <summary>The verdicts of decisions, by their ids.</summary>
    public static async Task<IReadOnlyDictionary<Guid, JudgedVerdict>> VerdictsAsync(
        this ConsoleDbContext db, IEnumerable<Guid?> decisions, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. decisions.OfType<Guid>().Distinct()];
        var rows = await (
            from decision in db.Set<Decision>().AsNoTracking()
            where ids.Contains(decision.Id)
            join version in db.Set<PolicyVersion>() on decision.PolicyVersionId equals version.Id into versions
            from version in versions.DefaultIfEmpty()
            select new
            {
                decision.Id,
                decision.Verdict,
                decision.Actions,
                decision.ReasonForUser,
                decision.InternalNote,
                Policy = version == null ? null : new NamedPolicy(version.PolicyId, version.Code, version.Name),
                Version = version == null ? (int?)null : version.Number,
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        string[] actionIds = [.. rows.SelectMany(row => ActionScope.List(row.Actions)).Distinct()];
        Dictionary<string, string> names = await db.Set<ActionDefinition>().Where(action => actionIds.Contains(action.Id))
            .ToDictionaryAsync(action => action.Id, action => action.Name, cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(row => row.Id, row => new JudgedVerdict(
            row.Verdict, row.Policy, row.Version, [.. ActionScope.List(row.Actions).Select(id => names.GetValueOrDefault(id, id))], row.ReasonForUser, row.InternalNote));
    }

    /// <summary>The policy that a sampled decision should have named, as it was called for who found so; null for none.</summary>
    public static async Task<NamedPolicy?> RightPolicyAsync(this ConsoleDbContext db, QualitySample sample, CancellationToken cancellationToken)
    {
        if (sample.RightPolicyId is not { } id)
        {
            return null;
        }

        var found = await (
            from decision in db.Set<Decision>()
            join version in db.Set<PolicyVersion>() on decision.PolicyVersionId equals version.Id
            where (decision.Id == sample.AdjudicationId || decision.Id == sample.ReviewId) && version.PolicyId == id
            select new { decision.Id, Policy = new NamedPolicy(version.PolicyId, version.Code, version.Name) }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return found.Find(one => one.Id == sample.AdjudicationId)?.Policy ?? found.FirstOrDefault()?.Policy ?? await db.PolicyAsync(id, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<NamedPolicy?> PolicyAsync(this ConsoleDbContext db, string id, CancellationToken cancellationToken) =>
        await db.Set<Policy>().Where(policy => policy.Id == id).Select(policy => new NamedPolicy(policy.Id, policy.Code, policy.Name))
            .SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
}
