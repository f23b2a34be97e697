using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Audit.Verification;

namespace ModerationConsole.Core.Decisions;

/// <summary>Registers what decisions need in the background.</summary>
public static class DecisionServices
{
    /// <summary>Adds the closing of decided cases, and decisions to what is verified.</summary>
    public static IServiceCollection AddDecisions(this IServiceCollection services) => services
        .AddSingleton<IAuditedRecords, AuditedDecisions>()
        .AddSingleton<CloseDecidedCases>()
        .AddHostedService(provider => provider.GetRequiredService<CloseDecidedCases>());
}
