using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>Registers what looks after the people who review.</summary>
public static class WellbeingServices
{
    /// <summary>Adds the offer rules of wellbeing.</summary>
    public static IServiceCollection AddWellbeing(this IServiceCollection services) => services
        .AddSingleton<IOfferRule, RestOfferRule>();
}
