using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Intake.Arrivals;

namespace ModerationConsole.Core.Intake;

/// <summary>Registers the taking in of items.</summary>
public static class IntakeServices
{
    /// <summary>Adds what remembers item types, and what turns promised items into cases.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services) => services
        .AddSingleton<ItemCatalogs>()
        .AddSingleton<ArrivalSignal>()
        .AddSingleton<ArrivalBacklog>()
        .AddSingleton(ArrivalLanes.Promising)
        .AddSingleton(ArrivalLanes.TakingIn)
        .AddSingleton<TakeInArrivals>()
        .AddHostedService(provider => provider.GetRequiredService<TakeInArrivals>());
}
