using Microsoft.Extensions.DependencyInjection;

namespace ModerationConsole.Core.Decisions;

/// <summary>Registers what decisions need in the background.</summary>
public static class DecisionServices
{
    /// <summary>Adds the closing of decided cases.</summary>
    public static IServiceCollection AddDecisions(this IServiceCollection services) => services
        .AddSingleton<CloseDecidedCases>()
        .AddHostedService(provider => provider.GetRequiredService<CloseDecidedCases>());
}
