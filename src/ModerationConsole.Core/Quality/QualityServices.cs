using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Reviewing;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Quality;

/// <summary>Registers what quality needs in the background.</summary>
public static class QualityServices
{
    /// <summary>Adds what quality holds about cases, the sampler, and what follows from verdicts on samples.</summary>
    public static IServiceCollection AddQuality(this IServiceCollection services) => services
        .AddSingleton<ICaseRecords, QualityRecordsOfCases>()
        .AddSingleton<DrawSamples>()
        .AddHostedService(provider => provider.GetRequiredService<DrawSamples>())
        .AddSingleton<IDecisionObserver, SampleVerdicts>()
        .AddSingleton<SettleSamples>()
        .AddHostedService(provider => provider.GetRequiredService<SettleSamples>());
}
