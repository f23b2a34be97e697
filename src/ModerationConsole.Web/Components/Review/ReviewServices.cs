using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;
using ModerationConsole.Web.Components.Review.Masking;

namespace ModerationConsole.Web.Components.Review;

/// <summary>Registers the review desk.</summary>
public static class ReviewServices
{
    /// <summary>Adds what a desk is made of: one of each a page, and one ear on its circuit.</summary>
    public static IServiceCollection AddReviewDesk(this IServiceCollection services) => services
        .AddMaskedWords()
        .AddScoped<DeskCircuit>()
        .AddScoped<CircuitHandler>(provider => provider.GetRequiredService<DeskCircuit>())
        .AddTransient<DeskSession>()
        .AddTransient<DeskScript>()
        .AddTransient<DeskTasks>()
        .AddTransient<IDeskAround, DeskAround>()
        .AddScoped<DeskVerdicts>()
        .AddScoped<DeskStacks>()
        .AddTransient<Escalations.EscalationDoor>()
        .AddTransient<DeskRest>()
        .AddTransient<DeskQueues>()
        .AddTransient<DeskWatch>()
        .AddTransient<DraftKeeper>();

    private static IServiceCollection AddMaskedWords(this IServiceCollection services)
    {
        services.AddOptions<MaskedWordsOptions>().BindConfiguration(MaskedWordsOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<MaskedWordsOptions>, MaskedWordsOptionsValidator>()
            .AddSingleton<MaskedWords>();
    }
}
