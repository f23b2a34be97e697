using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ModerationConsole.Web.Security;
using ModerationConsole.Web.Security.SingleSignOn;

namespace ModerationConsole.Web.Api;

/// <summary>The HTTP interface for programs.</summary>
public static class ConsoleApi
{
    /// <summary>Where it lives.</summary>
    public const string Base = "/api/v1";

    /// <summary>How answers are written: camel case, states as words.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Adds API keys, limits and the description of the interface.</summary>
    public static WebApplicationBuilder AddConsoleApi(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<ApiOptions>().Bind(builder.Configuration.GetSection(ApiOptions.Section)).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        builder.Services.AddSingleton<ServiceClients>();
        builder.Services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.ApiKeyScheme, null)
            .AddScheme<AuthenticationSchemeOptions, ServiceTokenHandler>(ProgramClaims.ServiceScheme, null)
            // Whoever sends both is judged by the key alone: what they may do is never added up.
            .AddPolicyScheme(ProgramClaims.ProgramScheme, null, scheme => scheme.ForwardDefaultSelector = context =>
                !context.Request.Headers.ContainsKey(ApiKeyHandler.Header)
                && context.Request.Headers.Authorization.ToString().StartsWith(ServiceTokenHandler.Start, StringComparison.OrdinalIgnoreCase)
                    ? ProgramClaims.ServiceScheme
                    : ApiKeyHandler.ApiKeyScheme);
        builder.Services.AddSingleton<ApiRoutes>();
        builder.Services.AddApiDocument();
        builder.Services.AddRateLimiter(limiter => limiter.AddPolicy<ProgramLimit, ApiLimits>(ApiLimits.Policy));
        return builder;
    }

    /// <summary>Before everything that answers: failures under <see cref="Base"/> get the one error shape.</summary>
    public static IApplicationBuilder UseApiErrors(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Base, StringComparison.OrdinalIgnoreCase), api => api.UseMiddleware<ApiErrorShape>());

    /// <summary>Maps every resource. Each names the scope that a program needs for it.</summary>
    public static IEndpointRouteBuilder MapConsoleApi(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder api = app.MapGroup(Base)
            .WithMetadata(new Marker(), new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(ApiErrorBody), ["application/json"]))
            .RequireRateLimiting(ApiLimits.Policy);
        api.MapItems();
        api.MapReports();
        api.MapNotices();
        api.MapPolicies();
        api.MapActions();
        api.MapCases();
        api.MapAudit();
        app.MapApiDocument();
        return app;
    }

    /// <summary>Tells our endpoints from those that routing makes up for wrong methods and media types.</summary>
    internal sealed class Marker;
}
