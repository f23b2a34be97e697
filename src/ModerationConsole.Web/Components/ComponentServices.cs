using ModerationConsole.Web.Components.Admin;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Web.Components;

/// <summary>Registers what components share within a circuit.</summary>
public static class ComponentServices
{
    /// <summary>Adds the shell's services.</summary>
    public static IServiceCollection AddConsoleComponents(this IServiceCollection services) => services
        .AddScoped<ShellScript>()
        .AddScoped<StatusLine>()
        .AddTransient<PersonCommands>()
        .AddTransient<QueueCommands>()
        .AddReviewDesk();
}
