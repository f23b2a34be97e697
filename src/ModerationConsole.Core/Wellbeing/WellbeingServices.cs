using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>Registers what looks after the people who review.</summary>
public static class WellbeingServices
{
    /// <summary>Adds limits, the clock of severe content and the offer rules of wellbeing.</summary>
    public static IServiceCollection AddWellbeing(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton<IValidateOptions<WellbeingOptions>, WellbeingOptionsValidator>();
        services.AddOptions<WellbeingOptions>().Bind(configuration.GetSection(WellbeingOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IRecordClass, WellbeingClass>()
            .AddSingleton<ExposureClock>()
            .AddSingleton<IInterceptor>(provider => provider.GetRequiredService<ExposureClock>())
            .AddSingleton<ILeaseObserver>(provider => provider.GetRequiredService<ExposureClock>())
            .AddSingleton<ILookMeter, LookClock>()
            .AddSingleton<ExposureLedger>()
            .AddSingleton<IOfferRule, RestOfferRule>()
            .AddSingleton<IOfferRule, ExposureOfferRule>();
    }
}
