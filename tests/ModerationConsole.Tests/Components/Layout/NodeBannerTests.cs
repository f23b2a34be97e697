using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Layout;

namespace ModerationConsole.Tests.Components.Layout;

public sealed class NodeBannerTests : ComponentTest
{
    [Fact]
    public void Database_Gone_SaysThatSavingIsDelayedUntilItIsBack()
    {
        NodeState node = new();
        Services.AddSingleton(node);
        IRenderedComponent<NodeBanner> banner = Render<NodeBanner>();
        Assert.Empty(banner.FindAll("p"));
        Assert.Equal("polite", banner.Find("div").GetAttribute("aria-live"));

        node.Heard(answers: false);
        banner.WaitForAssertion(() => Assert.StartsWith("Saving is delayed.", banner.Find("p").TextContent, StringComparison.Ordinal));

        node.Heard(answers: true);
        banner.WaitForAssertion(() => Assert.Empty(banner.FindAll("p")));
    }

    [Fact]
    public void NodeAboutToEnd_SaysThatThePageConnectsAgain()
    {
        NodeState node = new();
        Services.AddSingleton(node);
        IRenderedComponent<NodeBanner> banner = Render<NodeBanner>();

        node.Leave();

        banner.WaitForAssertion(() => Assert.StartsWith("The console restarts.", banner.Find("p").TextContent, StringComparison.Ordinal));
    }
}
