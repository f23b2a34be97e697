using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.Live;

/// <summary>Registers the live feed.</summary>
public static class LiveServices
{
    /// <summary>Adds outbox tail and feed.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddSingleton<CaseFeed>()
        .AddSingleton<OutboxSignal>()
        .AddSingleton<ICommitListener>(provider => provider.GetRequiredService<OutboxSignal>())
        .AddHostedService<OutboxTail>();
}
