using Bunit;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Home;

namespace ModerationConsole.Tests.Components;

public sealed class HomePageTests : ComponentTest
{
    [Fact]
    public void Home_Opened_NamesTheConsole()
    {
        var page = Render<HomePage>();

        page.Find("h1").MarkupMatches("<h1>Moderation console</h1>");
    }
}
