using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Appeals;

/// <summary>Registers the hearing of appeals.</summary>
public static class AppealServices
{
    /// <summary>Adds its settings, who may not hear which appeal, and what follows from answers.</summary>
    public static IServiceCollection AddAppeals(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<AppealOptions>().Bind(configuration.GetSection(AppealOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<AppealOptions>, AppealOptionsValidator>()
            .AddSingleton<AppealFiling>()
            .AddSingleton<IOfferRule, AppealOfferRule>()
            .AddSingleton<IDecisionObserver, AppealAnswers>()
            .AddSingleton<ICaseRecords, AppealRecords>()
            .AddSingleton<IActorRecords, AppealRecords>()
            .AddSingleton<ICaseNeeds, AppealRecords>()
            .AddSingleton<SettleAppeals>()
            .AddHostedService(provider => provider.GetRequiredService<SettleAppeals>());
    }
}
