using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>Registers the configured providers and their addresses.</summary>
public static class SingleSignOnServices
{
    private const string Root = "/account/external";

    /// <summary>Adds a scheme for each configured provider. Which there are is fixed at start; their secrets are not.</summary>
    public static WebApplicationBuilder AddSingleSignOn(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IdentityProviders>().AddSingleton<TokenChecks>().AddSingleton<TokenSafe>().AddSingleton<ProviderFaults>()
            .AddSingleton<ProviderSignOut>().AddSingleton<RecheckSessions>().AddHostedService(services => services.GetRequiredService<RecheckSessions>());
        SingleSignOnOptions settings = builder.Configuration.GetSection(SingleSignOnOptions.Section).Get<SingleSignOnOptions>() ?? new();
        AuthenticationBuilder schemes = builder.Services.AddAuthentication();
        foreach ((string name, ProviderOptions provider) in settings.Providers)
        {
            schemes.AddOAuth<ProviderScheme, ProviderHandler>(name, options => Configure(options, name, provider));
        }

        return builder;
    }

    /// <summary>Maps where people set out to a provider from, and where providers say that someone signed out there.</summary>
    public static void MapSingleSignOn(this IEndpointRouteBuilder app)
    {
        app.MapGet($"{Root}/{{provider}}", StartAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost($"{Root}/{{provider}}/logout", BackChannelLogout.ReceiveAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription()
            .WithMetadata(new RequestSizeLimitAttribute(BackChannelLogout.MostBytes));
    }

    /// <summary>Where a person sets out to a provider from.</summary>
    internal static string StartOf(IdentityProvider provider, string? returnUrl) =>
        QueryHelpers.AddQueryString($"{Root}/{provider.Name}", "returnUrl", LocalAddress.OrHome(returnUrl));

    private static void Configure(ProviderScheme options, string name, ProviderOptions provider)
    {
        options.SignInScheme = ConsoleClaims.CookieScheme;
        options.CallbackPath = $"{Root}/{name}/callback";
        options.AuthorizationEndpoint = provider.Authority;
        options.TokenEndpoint = provider.Authority;
        options.ClientId = provider.ClientId;
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (string scope in provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            options.Scope.Add(scope);
        }

        options.CorrelationCookie.Name = "moderation-console-provider.";
        // The answer comes by a link from elsewhere, which a lax cookie goes with.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events = new OAuthEvents
        {
            OnAccessDenied = context =>
            {
                context.Response.Redirect(DoorOf(SignInProblem.Cancelled, name, context.ReturnUrl));
                context.HandleResponse();
                return Task.CompletedTask;
            },
            OnRemoteFailure = async context =>
            {
                SignInProblem problem = ProblemOf(context.Failure);
                context.HttpContext.RequestServices.GetRequiredService<ProviderFaults>().Note(name, problem, context.Failure);
                if (problem == SignInProblem.Refuted && context.Properties is not null)
                {
                    await context.HttpContext.RequestServices.GetRequiredService<NoteRefutedSignIn>().RunAsync(name, context.HttpContext.RequestAborted);
                }

                context.Response.Redirect(DoorOf(problem, name, context.Properties?.RedirectUri));
                context.HandleResponse();
            },
        };
    }

    private static async Task<IResult> StartAsync(HttpContext context, string provider, string? returnUrl, IdentityProviders providers, SignInLimits limits, ProviderFaults faults)
    {
        if (!providers.TryGet(provider, out IdentityProvider? known))
        {
            return Results.NotFound();
        }

        if (!limits.Allow(context.Connection.RemoteIpAddress))
        {
            return Results.Redirect(DoorOf(SignInProblem.TooMany, provider, returnUrl));
        }

        try
        {
            // Asked first, so that a provider that is away is a page of ours and not a fault.
            await known.MetadataAsync(context.RequestAborted);
        }
        catch (ProviderAwayException error)
        {
            faults.Note(provider, SignInProblem.Unreachable, error);
            return Results.Redirect(DoorOf(SignInProblem.Unreachable, provider, returnUrl));
        }

        return Results.Challenge(new AuthenticationProperties { RedirectUri = LocalAddress.OrHome(returnUrl) }, [provider]);
    }

    private static SignInProblem ProblemOf(Exception? failure) => failure switch
    {
        SignInProblemException known => known.Problem,
        ProviderAwayException => SignInProblem.Unreachable,
        TokensRefusedException => SignInProblem.Refuted,
        // What the framework says of state, its cookie and errors in the answer.
        AuthenticationFailureException => SignInProblem.Stale,
        _ => SignInProblem.Refuted,
    };

    private static string DoorOf(SignInProblem problem, string provider, string? returnUrl) => QueryHelpers.AddQueryString("/account/login", new Dictionary<string, string?>
    {
        ["problem"] = problem.ToString(),
        ["provider"] = provider,
        ["returnUrl"] = LocalAddress.OrHome(returnUrl),
    });
}

/// <summary>Tells operators, in codes, why people could not sign in with a provider. What it sent is never written down.</summary>
internal sealed partial class ProviderFaults(ILogger<ProviderFaults> log)
{
    public void Note(string provider, SignInProblem problem, Exception? cause)
    {
        if (problem is SignInProblem.Unreachable or SignInProblem.Refuted)
        {
            LogFault(provider, problem, cause is SignInProblemException ? cause.Message : cause?.GetType().Name ?? "", cause?.InnerException?.GetType().Name ?? "");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing in with {Provider} failed: {Problem} ({Cause} {Inner})")]
    private partial void LogFault(string provider, SignInProblem problem, string cause, string inner);
}
