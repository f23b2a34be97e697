using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Home;

namespace ModerationConsole.Tests.Components;

public sealed class HomePageTests : ComponentTest
{
    [Theory]
    [InlineData("review", Roles.Moderator)]
    [InlineData("review", Roles.QualityReviewer)]
    [InlineData("review", Roles.PolicyExpert)]
    [InlineData("review", Roles.Moderator, Roles.Admin)]
    [InlineData("queues", Roles.Lead)]
    [InlineData("queues", Roles.Moderator, Roles.Lead)]
    [InlineData("queues", Roles.Analyst)]
    [InlineData("audit", Roles.Auditor)]
    [InlineData("admin/people", Roles.Admin)]
    public void Home_Opened_SendsEachRoleToItsDesk(string address, params string[] roles)
    {
        Render<HomePage>(page => page.AddCascadingValue(Person(roles)));

        Assert.Equal($"http://localhost/{address}", Services.GetRequiredService<NavigationManager>().Uri);
    }

    [Fact]
    public void Home_OpenedByOneWithoutARole_SaysWhoCanHelp()
    {
        var page = Render<HomePage>(parameters => parameters.AddCascadingValue(Person()));

        Assert.Contains("administrator", page.Markup, StringComparison.Ordinal);
    }

    private static Myself Person(params string[] roles) => new(
        Guid.NewGuid(), "p@test.local", "Person", "Moderator 1", null, "", "", "", "{}", roles,
        roles.SelectMany(Roles.PermissionsOf).Append(Permission.UseConsole).ToHashSet());
}
