using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Security;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Each role at the address of each page that is not for it. A new page is tried by itself.</summary>
[Collection(Attacks.Name)]
public sealed class RoleAttempts(Target target)
{
    /// <summary>Files for people, which are no pages.</summary>
    private static readonly (string Path, Permission Needs)[] s_files =
    [
        ("/audit/cases/1/proof", Permission.ViewAudit),
        ("/quality/figures.csv", Permission.RunQuality),
    ];

    public static TheoryData<string, string> Forbidden
    {
        get
        {
            (string Path, Permission[] Needs)[] pages =
            [
                .. from type in typeof(Program).Assembly.GetTypes()
                   from route in type.GetCustomAttributes<RouteAttribute>()
                   select (Filled(route.Template), type.GetCustomAttributes<RequiresPermissionAttribute>().Select(needs => needs.Permission).ToArray()),
                .. s_files.Select(file => (file.Path, new[] { file.Needs })),
            ];
            return new(
                from role in Roles.All
                from page in pages
                where page.Needs.Any(needs => !Roles.PermissionsOf(role).Contains(needs))
                orderby page.Path, role
                select (role, page.Path));
        }
    }

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Page_OfAnotherRole_IsClosed(string role, string path)
    {
        using HttpResponseMessage answer = await target.SendAsync(HttpMethod.Get, path, await target.CookieAsync(role));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/account/denied", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    /// <summary>What the middle of an address holds is anybody's guess; a page that takes another kind of value is told here.</summary>
    [Fact]
    public void Address_OfEveryPage_CanBeTried()
    {
        Assert.All(Forbidden, row => Assert.DoesNotContain('{', row.Data.Item2));
        Assert.True(Forbidden.Count > 100);
        Assert.Contains(
            target.App.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>(),
            endpoint => endpoint.RoutePattern.RawText == s_files[1].Path);
    }

    private static string Filled(string template) => template
        .Replace("{Number:long}", "1", StringComparison.Ordinal)
        .Replace("{Id:guid}", "00000000-0000-0000-0000-000000000001", StringComparison.Ordinal)
        .Replace("{Slug}", "general", StringComparison.Ordinal)
        .Replace("{Id}", "post", StringComparison.Ordinal);
}
