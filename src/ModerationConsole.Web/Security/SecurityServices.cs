using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Web.Api;
using ModerationConsole.Web.Security.SingleSignOn;

namespace ModerationConsole.Web.Security;

/// <summary>Registers who may come in, and what keeps the others out.</summary>
public static class SecurityServices
{
    /// <summary>Adds sessions, policies by permission, circuit checks and limits.</summary>
    public static WebApplicationBuilder AddConsoleSecurity(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services;
        services.AddOptions<SecurityOptions>().Bind(builder.Configuration.GetSection(SecurityOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecurityOptions>, SecurityOptionsValidator>();
        services.AddCookieSessions(builder.Configuration);
        builder.AddSingleSignOn();
        services.AddPermissionPolicies();
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "moderation-console-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<SignInTickets>();
        services.AddSingleton<PendingSecrets>();
        services.AddSingleton<IFactorSafe, FactorSafe>();
        services.AddHostedService<CloseOldSecrets>();
        services.Configure<IdentityPasskeyOptions>(PasskeyExchange.Shape);
        services.AddSingleton<PasskeyExchange>();

        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitAuthentication>();
        services.AddScoped<ICurrentCaller, CurrentCaller>();
        services.AddSingleton<CircuitRegistry>();
        services.AddHostedService(provider => provider.GetRequiredService<CircuitRegistry>());
        services.AddScoped<CircuitHandler, RegisteredCircuit>();
        services.AddSignalR(hubs => hubs.AddFilter<CircuitOwners>());
        return builder;
    }

    /// <summary>Puts headers, origin check, sessions and policies before every page and endpoint.</summary>
    public static WebApplication UseConsoleSecurity(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseHostCookies();
        app.UseRouteCookie();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseApiErrors();
        app.UseApiPage();
        app.UseSameOriginSockets();
        app.UseAuthentication();
        app.UseMiddleware<StrangerLimits>();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        return app;
    }
}
