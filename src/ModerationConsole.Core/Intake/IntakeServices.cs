using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Intake.Arrivals;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Intake;

/// <summary>Registers the taking in of items.</summary>
public static class IntakeServices
{
    /// <summary>Adds what remembers item types, and what turns promised items into cases.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<IntakeOptions>().Bind(configuration.GetSection(IntakeOptions.Section)).ValidateOnStart();
        services.AddOptions<RegionOptions>().Bind(configuration.GetSection(RegionOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<IntakeOptions>, IntakeOptionsValidator>()
            .AddSingleton<IValidateOptions<RegionOptions>, RegionOptionsValidator>()
            .AddSingleton<IRecordClass, ArrivalRecords>()
            .AddSingleton<IActorRecords, ArrivalRecords>()
            .AddSingleton<NoticeIntake>()
            .AddSingleton<ItemCatalogs>()
            .AddSingleton<ArrivalSignal>()
            .AddSingleton<ArrivalBacklog>()
            .AddSingleton<ArrivalRoom>()
            .AddSingleton(ArrivalLanes.Promising)
            .AddSingleton(ArrivalLanes.TakingIn)
            .AddSingleton<TakeInArrivals>()
            .AddHostedService(provider => provider.GetRequiredService<TakeInArrivals>());
    }
}
