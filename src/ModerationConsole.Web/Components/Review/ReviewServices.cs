using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ModerationConsole.Web.Components.Review;

/// <summary>Registers the review desk.</summary>
public static class ReviewServices
{
    /// <summary>Adds what a desk is made of: one of each a page, and one ear on its circuit.</summary>
    public static IServiceCollection AddReviewDesk(this IServiceCollection services) => services
        .AddScoped<DeskCircuit>()
        .AddScoped<CircuitHandler>(provider => provider.GetRequiredService<DeskCircuit>())
        .AddTransient<DeskSession>()
        .AddTransient<DeskScript>()
        .AddTransient<DeskTasks>()
        .AddScoped<DeskVerdicts>()
        .AddTransient<DeskRest>()
        .AddTransient<DeskQueues>()
        .AddTransient<DeskWatch>()
        .AddTransient<DraftKeeper>();
}
