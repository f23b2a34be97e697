using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Demo;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Intake;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.Oversight;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;
using ModerationConsole.Core.Wellbeing;

namespace ModerationConsole.Core;

/// <summary>Registers the application core: one <c>AddXxx()</c> a feature, nothing else.</summary>
public static class CoreServices
{
    /// <summary>Adds every feature of the core, bound to <paramref name="configuration"/>.</summary>
    public static IServiceCollection AddModerationCore(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);

        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddData(configuration)
            .AddAudit()
            .AddLive()
            .AddRetention()
            .AddMedia(configuration)
            .AddPeople(configuration)
            .AddInbox()
            .AddPolicies(configuration)
            .AddCases()
            .AddQueues(configuration)
            .AddEnforcement(configuration)
            .AddDecisions(configuration)
            .AddEscalations(configuration)
            .AddQuality()
            .AddAppeals(configuration)
            .AddNotices(configuration)
            .AddActors()
            .AddOversight(configuration)
            .AddIntake(configuration)
            .AddDemo(configuration)
            .AddWellbeing(configuration)
            .AddUseCases();
    }
}
