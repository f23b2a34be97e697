using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Oversight.Glass;
using ModerationConsole.Core.Oversight.Reviews;
using ModerationConsole.Core.People.Glass;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Oversight;

/// <summary>Registers what watches the use of the console itself.</summary>
public static class OversightServices
{
    /// <summary>Adds the watch and its alarms.</summary>
    public static IServiceCollection AddOversight(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<UseLimits>().Bind(configuration.GetSection(UseLimits.Section)).ValidateOnStart();
        services.AddOptions<ReviewOptions>().Bind(configuration.GetSection(ReviewOptions.Section)).ValidateOnStart();
        services.AddOptions<GlassOptions>().Bind(configuration.GetSection(GlassOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<GlassOptions>, GlassOptionsValidator>()
            .AddSingleton<IInboxSource, GlassInInbox>()
            .AddSingleton<IRecordClass>(new AgedRows<GlassBreak>(
                RecordClasses.BrokenGlass, 730, 90, (db, before) => db.Set<GlassBreak>().Where(row => row.ReviewedAt < before).OrderBy(row => row.ReviewedAt)))
            .AddSingleton<WatchGlass>()
            .AddHostedService(provider => provider.GetRequiredService<WatchGlass>())
            .AddSingleton<IValidateOptions<ReviewOptions>, ReviewOptionsValidator>()
            .AddSingleton<IInboxSource, ReviewsInInbox>()
            .AddSingleton<IRecordClass, ReviewsClass>()
            .AddSingleton<TakenAccess>()
            .AddSingleton<WatchReviews>()
            .AddHostedService(provider => provider.GetRequiredService<WatchReviews>())
            .AddSingleton<IValidateOptions<UseLimits>, UseLimitsValidator>()
            .AddSingleton<IInboxSource, AlarmsInInbox>()
            .AddSingleton<IRecordClass>(new AgedRows<UseAlarm>(
                RecordClasses.Alarms, 400, 30, (db, before) => db.Set<UseAlarm>().Where(row => row.ClosedAt < before).OrderBy(row => row.ClosedAt)))
            .AddSingleton<WatchUse>()
            .AddHostedService(provider => provider.GetRequiredService<WatchUse>());
    }
}
