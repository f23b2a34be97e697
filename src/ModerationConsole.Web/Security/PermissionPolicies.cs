using Microsoft.AspNetCore.Authorization;
using ModerationConsole.Core.Access;

namespace ModerationConsole.Web.Security;

/// <summary>Opens a page or endpoint only to those who hold a permission. The use cases behind it check again.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequiresPermissionAttribute : AuthorizeAttribute
{
    /// <summary>Requires <paramref name="permission"/>.</summary>
    public RequiresPermissionAttribute(Permission permission)
        : base(permission.ToString()) => Permission = permission;

    /// <summary>The required permission.</summary>
    public Permission Permission { get; }
}

/// <summary>Authorization by permission: one policy of its name for each.</summary>
public static class PermissionPolicies
{
    /// <summary>Opens an endpoint only to those who hold <paramref name="permission"/>.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new RequiresPermissionAttribute(permission));

    /// <summary>Opens an endpoint only to programs that have the scope <paramref name="permission"/>.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new RequiresPermissionAttribute(permission) { AuthenticationSchemes = ProgramClaims.ProgramScheme });

    /// <summary>Adds the policies. What says nothing needs a signed-in person.</summary>
    public static IServiceCollection AddPermissionPolicies(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, MediaAuthorization>();
        AuthorizationBuilder authorization = services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (Permission permission in Enum.GetValues<Permission>())
        {
            authorization.AddPolicy(permission.ToString(), policy => policy
                .RequireAuthenticatedUser()
                .AddRequirements(new PermissionRequirement(permission)));
        }

        return services;
    }

    private sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

    private sealed class PermissionHandler(IAccessGuard guard) : AuthorizationHandler<PermissionRequirement>
    {
        protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
        {
            if ((context.User.ToPerson() ?? context.User.ToProgram()) is { } caller && await guard.HasAsync(caller, requirement.Permission, CancellationToken.None))
            {
                context.Succeed(requirement);
            }
        }
    }
}
