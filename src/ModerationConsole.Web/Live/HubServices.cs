using Microsoft.AspNetCore.Authorization;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Live;

/// <summary>Registers and maps the hub for other clients.</summary>
public static class HubServices
{
    /// <summary>Who may connect: people by cookie and programs by key or token, if there is anything they may hear.</summary>
    public const string Policy = "Hub";

    // All that a client ever sends is its handshake and pings.
    private const long MaxMessageBytes = 1024;

    /// <summary>Adds the hub.</summary>
    public static WebApplicationBuilder AddCaseHub(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        services.AddSignalR().AddHubOptions<CaseHub>(options => options.MaximumReceiveMessageSize = MaxMessageBytes);
        services.AddSingleton<HubGate>();
        services.AddSingleton<HubAudience>();
        services.AddHostedService(provider => provider.GetRequiredService<HubAudience>());
        services.AddSingleton<IAuthorizationHandler, HearingHandler>();
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy
            .AddAuthenticationSchemes(ConsoleClaims.CookieScheme, ProgramClaims.ProgramScheme)
            .RequireAuthenticatedUser()
            .AddRequirements(new HearsSomething()));
        return builder;
    }

    /// <summary>Maps the hub.</summary>
    public static void MapCaseHub(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapHub<CaseHub>(CaseHub.Path, options => options.CloseOnAuthenticationExpiration = true);

    private sealed record HearsSomething : IAuthorizationRequirement;

    private sealed class HearingHandler(HubGate gate) : AuthorizationHandler<HearsSomething>
    {
        protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, HearsSomething requirement)
        {
            if (await gate.HearsAsync(context.User, CancellationToken.None) != Hearing.Nothing)
            {
                context.Succeed(requirement);
            }
        }
    }
}
