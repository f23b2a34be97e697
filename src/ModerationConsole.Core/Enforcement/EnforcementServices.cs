using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Registers what carries actions to the platform.</summary>
public static class EnforcementServices
{
    /// <summary>Adds its options, keys and deliveries.</summary>
    public static IServiceCollection AddEnforcement(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<EnforcementOptions>().Bind(configuration.GetSection(EnforcementOptions.Section)).ValidateOnStart();
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(WebhookOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<EnforcementOptions>, EnforcementOptionsValidator>()
            .AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>()
            .AddSingleton<IRecordClass, DeliveryRecords>()
            .AddSingleton<ICaseRecords, DeliveryRecords>()
            .AddSingleton<IActorRecords, DeliveryRecords>()
            .AddSingleton<WebhookKeys>()
            .AddSingleton<WebhookSender>()
            .AddSingleton<DeliveryDesk>()
            .AddSingleton<IDeadNodeHeir, HeldDeliveries>()
            .AddSingleton<DeliverySignal>()
            .AddSingleton<ICommitListener>(provider => provider.GetRequiredService<DeliverySignal>())
            .AddSingleton(provider => new DeliverActions(
                provider.GetRequiredService<DeliveryDesk>(), provider.GetRequiredService<WebhookSender>(), provider.GetRequiredService<DeliverySignal>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DeliverActions>>()))
            .AddHostedService(provider => provider.GetRequiredService<DeliverActions>());
    }
}
