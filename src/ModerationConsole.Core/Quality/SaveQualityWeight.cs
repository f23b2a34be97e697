using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Policies;

namespace ModerationConsole.Core.Quality;

/// <summary>What became of a weight that was to be saved.</summary>
public enum SaveQualityWeightOutcome
{
    Saved,

    /// <summary>The weight is not above 0 and at most <see cref="SaveQualityWeight.Most"/>.</summary>
    WeightInvalid,
    UnknownPolicy,

    /// <summary>Someone saved it meanwhile.</summary>
    Changed,
}

/// <summary>Sets what an error under a policy weighs beside others. What was drawn before keeps the weight it was drawn with.</summary>
[Requires(Permission.RunQuality)]
public sealed class SaveQualityWeight(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>The highest weight.</summary>
    public const double Most = 100;

    /// <summary>Stores it.</summary>
    /// <param name="weight">Above 0 to 100; null leaves it to the policy's severity.</param>
    /// <param name="version">The version its own weight was read at; null where it had none.</param>
    public async Task<SaveQualityWeightOutcome> RunAsync(Caller caller, string policyId, double? weight, long? version, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveQualityWeight>(caller, cancellationToken).ConfigureAwait(false);
        return weight is { } given && !(given > 0 && given <= Most)
            ? SaveQualityWeightOutcome.WeightInvalid
            : await writes.RunAsync((scope, token) => SaveAsync(scope, caller, policyId, weight, version, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SaveQualityWeightOutcome> SaveAsync(
        WriteScope scope, Caller caller, string policyId, double? weight, long? version, CancellationToken cancellationToken)
    {
        if (!await scope.Db.Set<Policy>().AnyAsync(row => row.Id == policyId, cancellationToken).ConfigureAwait(false))
        {
            return SaveQualityWeightOutcome.UnknownPolicy;
        }

        QualityWeight? row = await scope.Db.Set<QualityWeight>().SingleOrDefaultAsync(one => one.PolicyId == policyId, cancellationToken).ConfigureAwait(false);
        if (row?.Version != version)
        {
            return SaveQualityWeightOutcome.Changed;
        }

        if (weight is { } given)
        {
            row ??= scope.Db.Add(new QualityWeight { PolicyId = policyId }).Entity;
            row.Weight = given;
        }
        else if (row is not null)
        {
            scope.Db.Remove(row);
        }

        scope.Record(caller, AuditAct.QualitySettingsChanged, subject: policyId, details: new Dictionary<string, object?> { ["weight"] = weight });
        return SaveQualityWeightOutcome.Saved;
    }
}
