using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Quality.Coaching;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Core.Quality.Golden;
using ModerationConsole.Core.Quality.Reviewing;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Quality.Trials;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Quality;

/// <summary>Registers what quality needs in the background.</summary>
public static class QualityServices
{
    /// <summary>Adds what quality holds about cases, the sampler, and what follows from verdicts that measure.</summary>
    public static IServiceCollection AddQuality(this IServiceCollection services) => services
        .AddSingleton<ICaseRecords, QualityRecordsOfCases>()
        .AddSingleton<IDecisionHands, DisputeHands>()
        .AddSingleton<DrawSamples>()
        .AddHostedService(provider => provider.GetRequiredService<DrawSamples>())
        .AddSingleton<IInboxSource, ResultsInInbox>()
        .AddSingleton<IOfferRule, CoachedOfferRule>()
        .AddSingleton<IOfferRule, TrialOfferRule>()
        .AddSingleton<TrialSight>()
        .AddSingleton<IDecisionObserver, SampleVerdicts>()
        .AddSingleton<SettleSamples>()
        .AddHostedService(provider => provider.GetRequiredService<SettleSamples>())
        .AddSingleton<IOfferRule, MeantOnlyOfferRule>()
        .AddSingleton<IDecisionObserver, GoldenAnswers>()
        .AddSingleton<MixInGolden>()
        .AddHostedService(provider => provider.GetRequiredService<MixInGolden>())
        .AddSingleton<IDecisionObserver, SecretVotes>()
        .AddSingleton<CalibrationMoving>()
        .AddSingleton<TendCalibrations>()
        .AddHostedService(provider => provider.GetRequiredService<TendCalibrations>());
}
