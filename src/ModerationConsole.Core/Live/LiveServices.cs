using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Live;

/// <summary>Registers the live feed.</summary>
public static class LiveServices
{
    /// <summary>Adds outbox tail, what wakes it, and feed. The trimming is a room's above, as all periodic work.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddSingleton<CaseFeed>()
        .AddSingleton<OutboxSignal>()
        .AddSingleton<ICommitListener>(provider => provider.GetRequiredService<OutboxSignal>())
        .AddSingleton<OutboxListener>()
        .AddSingleton<ICommitListener>(provider => provider.GetRequiredService<OutboxListener>())
        .AddHostedService(provider => provider.GetRequiredService<OutboxListener>())
        .AddSingleton<OutboxTail>()
        .AddHostedService(provider => provider.GetRequiredService<OutboxTail>());
}
