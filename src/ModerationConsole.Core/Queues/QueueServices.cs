using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Queues;

/// <summary>Registers queues, leases and what watches over them.</summary>
public static class QueueServices
{
    /// <summary>Adds lease settings, offer rules and the reapers.</summary>
    public static IServiceCollection AddQueues(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton<IValidateOptions<LeaseOptions>, LeaseOptionsValidator>();
        services.AddOptions<LeaseOptions>().Bind(configuration.GetSection(LeaseOptions.Section)).ValidateOnStart();
        services.AddOptions<QueuePageOptions>().Bind(configuration.GetSection(QueuePageOptions.Section));
        return services
            .AddSingleton<ICaseWhereabouts, CaseWhereaboutsOfTasks>()
            .AddSingleton<IMediaShowing, MediaShowingOfTasks>()
            .AddSingleton<ICaseRecords, TaskRecordsOfCases>()
            .AddSingleton<OfferRules>()
            .AddSingleton<ClaimForesight>()
            .AddSingleton<AllQueueFigures>()
            .AddSingleton(ClaimLane.Lane)
            .AddSingleton<WaitingModerators>()
            .AddHostedService(provider => provider.GetRequiredService<WaitingModerators>())
            .AddSingleton<ExpireLeases>()
            .AddHostedService(provider => provider.GetRequiredService<ExpireLeases>())
            .AddSingleton<WatchStranded>()
            .AddHostedService(provider => provider.GetRequiredService<WatchStranded>())
            .AddSingleton<CloseReveals>()
            .AddHostedService(provider => provider.GetRequiredService<CloseReveals>())
            .AddSingleton<WaitingLikeness>()
            .AddSingleton<FollowLikeness>()
            .AddHostedService(provider => provider.GetRequiredService<FollowLikeness>())
            .AddSingleton<EndPauses>()
            .AddHostedService(provider => provider.GetRequiredService<EndPauses>())
            .AddSingleton<MendQueues>()
            .AddHostedService(provider => provider.GetRequiredService<MendQueues>())
            .AddSingleton<IInboxSource, DueSoon>()
            .AddSingleton<IPersonObserver, LeaversGiveBack>()
            .AddSingleton<IOfferRule, LanguageOfferRule>()
            .AddSingleton<IUnseenCases, UnseenCasesOfLeases>()
            .AddSingleton<IOfferRule, SensitivityOfferRule>()
            .AddSingleton<IOfferRule, KindOfferRule>();
    }
}
