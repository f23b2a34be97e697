using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Layout;

namespace ModerationConsole.Tests.Components.Layout;

/// <summary>What stands in the place of a page that was refused.</summary>
public sealed class PageBoundaryTests : ComponentTest
{
    [Fact]
    public void Page_RefusedToSomeoneWhoIsIn_SaysSoInItsPlace()
    {
        AddAuthorization().SetAuthorized("someone");

        IRenderedComponent<PageBoundary> page = Render<PageBoundary>(boundary => boundary.AddChildContent<Refused>());

        Assert.NotEmpty(page.FindAll("[role=alert]"));
        Assert.DoesNotContain("account/login", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_RefusedBecauseTheSessionIsOver_SendsToTheDoor()
    {
        AddAuthorization().SetNotAuthorized();

        Render<PageBoundary>(boundary => boundary.AddChildContent<Refused>());

        Assert.Contains("account/login", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_RefusedBeforeTheSessionIsKnownToBeOver_SendsToTheDoorThen()
    {
        BunitAuthorizationContext person = AddAuthorization();
        person.SetAuthorized("someone");
        IRenderedComponent<PageBoundary> page = Render<PageBoundary>(boundary => boundary.AddChildContent<Refused>());

        // Twice: at the first call what answers here still goes by the state before.
        person.SetNotAuthorized();
        person.SetNotAuthorized();

        page.WaitForAssertion(() => Assert.Contains("account/login", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
    }

    private sealed class Refused : ComponentBase
    {
        protected override void OnInitialized() => throw new PermissionDeniedException(Permission.UseConsole);
    }
}
