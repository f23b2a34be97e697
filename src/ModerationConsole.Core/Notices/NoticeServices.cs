using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Cases.Keeping;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Notices;

/// <summary>Registers legal notices and their clocks.</summary>
public static class NoticeServices
{
    /// <summary>Adds their types, what stops and watches their clocks, and what answers their senders.</summary>
    public static IServiceCollection AddNotices(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<NoticeOptions>().Bind(configuration.GetSection(NoticeOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<NoticeOptions>, NoticeOptionsValidator>()
            .AddSingleton<NoticeFiling>()
            .AddSingleton<ClockAlerts>()
            .AddSingleton<IDecisionObserver, NoticeClocks>()
            .AddSingleton<IDecisionSource, NoticeClocks>()
            .AddSingleton<IStrandedObserver, NoticeStranding>()
            .AddSingleton<IInboxSource, NoticeInbox>()
            .AddSingleton<ICaseRecords, NoticeRecords>()
            .AddSingleton<ICaseNeeds, NoticeRecords>()
            .AddSingleton<IRecordClass, NoticeClass>()
            .AddSingleton<WatchClocks>()
            .AddHostedService(provider => provider.GetRequiredService<WatchClocks>())
            .AddSingleton<SettleNotices>()
            .AddHostedService(provider => provider.GetRequiredService<SettleNotices>());
    }
}
