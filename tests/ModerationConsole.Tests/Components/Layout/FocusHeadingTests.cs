using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Cases;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Review;

namespace ModerationConsole.Tests.Components.Layout;

public sealed class FocusHeadingTests : ComponentTest
{
    [Fact]
    public void Page_GoneTo_TakesFocusOnce_AndTheFirstDoesNot()
    {
        Services.AddScoped<ShellScript>();
        BunitJSModuleInterop page = JSInterop.SetupModule(_ => true);
        page.Mode = JSRuntimeMode.Loose;
        IRenderedComponent<FocusHeading> focus = Render<FocusHeading>(parameters => parameters.Add(it => it.Page, typeof(ReviewPage)));
        focus.Render(parameters => parameters.Add(it => it.Page, typeof(ReviewPage)));
        Assert.Empty(page.Invocations["focusHeading"]);

        focus.Render(parameters => parameters.Add(it => it.Page, typeof(CasePage)));
        focus.Render(parameters => parameters.Add(it => it.Page, typeof(CasePage)));

        Assert.Single(page.Invocations["focusHeading"]);
    }
}
