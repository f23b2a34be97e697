using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Audit.Sealing;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Audit;

/// <summary>Registers what seals the audit.</summary>
public static class AuditServices
{
    /// <summary>Adds keys, the sealer and the watch over what it sealed.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<SealingKeys>()
        .AddSingleton<TileRoots>()
        .AddSingleton<SealHealth>()
        .AddSingleton<SealSignal>()
        .AddSingleton<ICommitListener>(provider => provider.GetRequiredService<SealSignal>())
        .AddSingleton<SealAudit>()
        .AddHostedService(provider => provider.GetRequiredService<SealAudit>())
        .AddSingleton<WatchAudit>()
        .AddHostedService(provider => provider.GetRequiredService<WatchAudit>());
}
