using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Enforcement;

/// <summary>Registers what carries actions to the platform.</summary>
public static class EnforcementServices
{
    /// <summary>Adds its options.</summary>
    public static IServiceCollection AddEnforcement(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<EnforcementOptions>().Bind(configuration.GetSection(EnforcementOptions.Section)).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<EnforcementOptions>, EnforcementOptionsValidator>();
    }
}
