using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Escalations;

/// <summary>Registers questions to experts and what follows from their answers, and what rings people on call.</summary>
public static class EscalationServices
{
    /// <summary>Adds addressing, rulings, telling experts of questions about policies, and emergencies.</summary>
    public static IServiceCollection AddEscalations(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<OnCallOptions>().Bind(configuration.GetSection(OnCallOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<OnCallOptions>, OnCallOptionsValidator>()
            .AddSingleton<IDecisionObserver, EscalationRulings>()
            .AddSingleton<IDecisionHaste, EmergencyHaste>()
            .AddSingleton<IDecisionHands, EscalationHands>()
            .AddSingleton<IPolicyQuestions, PolicyQuestionsToExperts>()
            .AddSingleton<IPolicyNews, PolicyNewsInInbox>()
            .AddSingleton<IInboxNames, PoliciesInInbox>()
            .AddSingleton<ICaseRecords, EscalationRecordsOfCases>()
            .AddSingleton<ICaseNeeds, EscalationRecordsOfCases>()
            .AddSingleton<ICaseRecords, PrecedentRecordsOfCases>()
            .AddSingleton<IPolicyVersionObserver, PrecedentsOfPolicies>()
            .AddSingleton<PrecedentDesk>()
            .AddSingleton<PrecedentIndex>()
            .AddSingleton<FollowPrecedents>()
            .AddHostedService<ReadPrecedentsAhead>()
            .AddSingleton<NearestPrecedents>()
            .AddSingleton<EscalationAddressees>()
            .AddSingleton<IOfferRule, AreaOfferRule>()
            .AddSingleton<EndAddressing>()
            .AddHostedService(provider => provider.GetRequiredService<EndAddressing>())
            .AddSingleton<AlertSignal>()
            .AddSingleton<AlertDesk>()
            .AddSingleton<IDeadNodeHeir, HeldAlerts>()
            .AddSingleton<EmergencyAlerts>()
            .AddSingleton(provider => new RingOnCall(
                provider.GetRequiredService<AlertDesk>(), provider.GetRequiredService<WebhookSender>(), provider.GetRequiredService<AlertSignal>(),
                provider.GetRequiredService<IOptions<OnCallOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RingOnCall>>()))
            .AddHostedService(provider => provider.GetRequiredService<RingOnCall>())
            .AddSingleton<WatchEmergencyClocks>()
            .AddHostedService(provider => provider.GetRequiredService<WatchEmergencyClocks>());
    }
}
