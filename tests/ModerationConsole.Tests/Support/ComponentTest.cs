using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Web.Components.Layout;
using Radzen;

namespace ModerationConsole.Tests.Support;

/// <summary>A component under test with Radzen's services and scripts that answer anything.</summary>
public abstract class ComponentTest : BunitContext
{
    protected ComponentTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddScoped(_ => new Onlooker(new FakeClock(DeskCases.Now)));
        // Two busy cores make one second, the default, a matter of luck.
        DefaultWaitTimeout = TimeSpan.FromSeconds(10);
    }
}
