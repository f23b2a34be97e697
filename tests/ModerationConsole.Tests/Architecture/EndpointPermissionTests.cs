using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Account;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Tests.Architecture;

/// <summary>Everything that answers to the network names the permission it needs; what needs none is on a list here.</summary>
public sealed class EndpointPermissionTests(EndpointPermissionTests.Running running) : IClassFixture<EndpointPermissionTests.Running>
{
    // Whoever adds to this explains why a stranger may ask.
    private static readonly string[] s_anonymousRoutes =
    [
        "/account/code", // between the two steps of a sign-in; asks for the ticket of the first
        "/account/denied", // says no; leads nowhere
        "/account/external/{provider}", // before there is a session; sends a browser to a configured provider
        "/account/external/{provider}/logout", // a provider has no account here; its signature says who it is
        "/account/first-password", // before there is a session
        "/account/login", // before there is a session
        "/account/second-factor/first", // as /account/code, for who must set one up first
        "/health/live", // whatever watches over the process; Health:RequireKey closes it
        "/health/ready", // the same
        "/metrics", // the same; figures only
        "/openapi/{documentName}.json", // says how to ask; holds no data
    ];

    private static readonly Type[] s_anonymousPages = [typeof(CodePage), typeof(DeniedPage), typeof(FirstFactorPage), typeof(FirstPasswordPage), typeof(LoginPage)];

    private IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. running.Console.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()];

    [Fact]
    public void Endpoint_OfAnyKind_NamesAPermissionOrIsOnTheList()
    {
        RouteEndpoint[] all = [.. Endpoints.Where(endpoint => !IsStaticAsset(endpoint))];

        Assert.Contains(all, endpoint => Route(endpoint) == "/_blazor");
        Assert.Contains(all, endpoint => Route(endpoint).StartsWith("/api/v1/", StringComparison.Ordinal));
        Assert.Contains(all, endpoint => Route(endpoint) == "/account");
        Sources.None(all.Where(endpoint => !IsAnonymous(endpoint) && !NamesPermission(endpoint)).Select(endpoint => endpoint.DisplayName ?? Route(endpoint)));
        Sources.None(all.Where(IsAnonymous).Select(Route).Except(s_anonymousRoutes));
    }

    [Fact]
    public void List_OfWhatStrangersMayAsk_HoldsNothingThatIsGone()
    {
        Assert.Equal(s_anonymousRoutes.Order(), Endpoints.Where(endpoint => !IsStaticAsset(endpoint) && IsAnonymous(endpoint)).Select(Route).Distinct().Order());
    }

    [Fact]
    public void Page_OfAnyFolder_NamesAPermissionOrIsOnTheList()
    {
        Type[] pages = [.. typeof(Program).Assembly.GetTypes().Where(type => type.GetCustomAttributes<RouteAttribute>().Any())];

        Assert.NotEmpty(pages);
        Sources.None(pages.Where(page => !page.GetCustomAttributes<RequiresPermissionAttribute>().Any() && !s_anonymousPages.Contains(page)).Select(page => page.FullName!));
        Sources.None(pages.Where(page => page.GetCustomAttribute<AllowAnonymousAttribute>() is not null).Except(s_anonymousPages).Select(page => page.FullName!));
        // The import that makes every component ask for a signed-in person.
        Assert.All(pages, page => Assert.NotEmpty(page.GetCustomAttributes<AuthorizeAttribute>()));
    }

    [Fact]
    public void HubMethod_CallableByClients_NamesAPermission()
    {
        Type[] hubs = [.. typeof(Program).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Hub)) && !type.IsAbstract)];

        Sources.None(
            from hub in hubs
            from method in hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where method.GetBaseDefinition().DeclaringType == hub
                && !method.GetCustomAttributes<RequiresPermissionAttribute>().Any()
                && !hub.GetCustomAttributes<RequiresPermissionAttribute>().Any()
            select $"{hub.Name}.{method.Name}");
    }

    [Fact]
    public async Task Page_WithoutItsPermission_IsNotOpened()
    {
        using Visitor stranger = new(running.Console);
        (Visitor signedIn, _) = await Visitor.SignedInAsync(running.Console);
        using Visitor powerless = signedIn;
        foreach (RouteEndpoint page in Endpoints.Where(endpoint =>
            endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && !IsAnonymous(endpoint) && endpoint.RoutePattern.Parameters.Count == 0))
        {
            using HttpResponseMessage unknown = await stranger.GetAsync(Route(page));
            using HttpResponseMessage known = await powerless.GetAsync(Route(page));

            Assert.StartsWith("/account/login", unknown.Headers.Location?.PathAndQuery ?? Route(page), StringComparison.Ordinal);
            Assert.StartsWith("/account/denied", known.Headers.Location?.PathAndQuery ?? Route(page), StringComparison.Ordinal);
        }
    }

    private static string Route(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.TrimStart('/');

    private static bool IsStaticAsset(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || Route(endpoint) == "/{**path:file}";

    private static bool IsAnonymous(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    // Being signed in is no permission: a policy must ask for more than that.
    private bool NamesPermission(RouteEndpoint endpoint)
    {
        AuthorizationOptions policies = running.Console.Services.GetRequiredService<IOptions<AuthorizationOptions>>().Value;
        return endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy is null ? null : policies.GetPolicy(data.Policy))
            .Concat(endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>())
            .Any(policy => policy?.Requirements.Any(requirement => requirement is not DenyAnonymousAuthorizationRequirement) == true);
    }

    public sealed class Running : IAsyncLifetime
    {
        public WebConsole Console { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Console = await WebConsole.StartAsync();

        public ValueTask DisposeAsync() => Console.DisposeAsync();
    }
}
