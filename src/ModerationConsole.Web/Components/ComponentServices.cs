using Microsoft.AspNetCore.Components.Server.Circuits;
using ModerationConsole.Web.Components.Admin;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Layout.Palette;
using ModerationConsole.Web.Components.Quality;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components;

/// <summary>Registers what components share within a circuit.</summary>
public static class ComponentServices
{
    /// <summary>Adds the shell's services.</summary>
    public static IServiceCollection AddConsoleComponents(this IServiceCollection services) => Onlooker.AddTo(services)
        .AddScoped<ShellScript>()
        .AddScoped<StatusLine>()
        .AddScoped<PageFrame>()
        .AddScoped<ProofAsk>()
        .AddScoped<PaletteOffers>()
        .AddTransient<PaletteSearch>()
        .AddScoped<MediaReveals>()
        .AddScoped<IMediaChoices, MediaChoices>()
        .AddScoped<IMediaReveals>(provider => provider.GetRequiredService<MediaReveals>())
        .AddScoped<CircuitHandler>(provider => provider.GetRequiredService<MediaReveals>())
        .AddTransient<PersonCommands>()
        .AddTransient<QueueCommands>()
        .AddTransient<PlanCommands>()
        .AddReviewDesk();
}
