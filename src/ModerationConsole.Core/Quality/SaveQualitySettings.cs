using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Quality;

/// <summary>What became of settings that were to be saved.</summary>
public enum SaveQualitySettingsOutcome
{
    Saved,

    /// <summary>The rate of golden cases is not from 0 to <see cref="SaveQualitySettings.MostGolden"/>.</summary>
    GoldenRateInvalid,

    /// <summary>The target is not between 0 and 1.</summary>
    TargetInvalid,

    /// <summary>Someone saved them meanwhile.</summary>
    Changed,
}

/// <summary>Sets how many golden cases are mixed in, and which accuracy is aimed at.</summary>
[Requires(Permission.RunQuality)]
public sealed class SaveQualitySettings(WritePath writes, IAccessGuard guard) : IUseCase
{
    /// <summary>Golden cases for each decision at most.</summary>
    public const double MostGolden = 0.2;

    /// <summary>Stores them.</summary>
    /// <param name="goldenRate">Golden cases for each decision, 0 to 0.2.</param>
    /// <param name="targetAccuracy">Between 0 and 1.</param>
    /// <param name="version">The version they were read at; null where nothing was ever set.</param>
    public async Task<SaveQualitySettingsOutcome> RunAsync(Caller caller, double goldenRate, double targetAccuracy, long? version, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<SaveQualitySettings>(caller, cancellationToken).ConfigureAwait(false);
        return !(goldenRate >= 0 && goldenRate <= MostGolden) ? SaveQualitySettingsOutcome.GoldenRateInvalid
            : !(targetAccuracy > 0 && targetAccuracy < 1) ? SaveQualitySettingsOutcome.TargetInvalid
            : await writes.RunAsync((scope, token) => SaveAsync(scope, caller, goldenRate, targetAccuracy, version, token), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<SaveQualitySettingsOutcome> SaveAsync(
        WriteScope scope, Caller caller, double goldenRate, double targetAccuracy, long? version, CancellationToken cancellationToken)
    {
        QualitySettings? settings = await scope.Db.Set<QualitySettings>().SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (settings?.Version != version)
        {
            return SaveQualitySettingsOutcome.Changed;
        }

        settings ??= scope.Db.Add(new QualitySettings()).Entity;
        (settings.GoldenRate, settings.TargetAccuracy) = (goldenRate, targetAccuracy);
        scope.Record(caller, AuditAct.QualitySettingsChanged, details: new Dictionary<string, object?>
        {
            ["goldenRate"] = goldenRate,
            ["targetAccuracy"] = targetAccuracy,
        });
        return SaveQualitySettingsOutcome.Saved;
    }
}
