using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ModerationConsole.Core.Policies;

/// <summary>Registers what policies need.</summary>
public static class PolicyServices
{
    /// <summary>Adds publishing, and whether it needs a second person.</summary>
    public static IServiceCollection AddPolicies(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<PolicyOptions>().Bind(configuration.GetSection(PolicyOptions.Section)).ValidateOnStart();
        return services.AddSingleton<PolicyPublishing>().AddSingleton<RevisionMoving>();
    }
}
