using Microsoft.Extensions.DependencyInjection;

namespace ModerationConsole.Core.Inbox;

/// <summary>Registers the inbox. Each room that has something to tell adds its own <see cref="IInboxSource"/>.</summary>
public static class InboxServices
{
    /// <summary>Adds what reads inboxes.</summary>
    public static IServiceCollection AddInbox(this IServiceCollection services) => services.AddSingleton<InboxReader>();
}
