using Microsoft.Extensions.DependencyInjection;

namespace ModerationConsole.Core.Intake;

/// <summary>Registers intake.</summary>
public static class IntakeServices
{
    /// <summary>Adds what runs in the background for intake.</summary>
    public static IServiceCollection AddIntake(this IServiceCollection services) => services
        .AddSingleton<ForgetAnswers>()
        .AddHostedService(provider => provider.GetRequiredService<ForgetAnswers>());
}
