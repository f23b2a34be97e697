using Bunit;
using ModerationConsole.Core.Policies;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Policies;

namespace ModerationConsole.Tests.Components.Policies;

/// <summary>Whoever agrees to a draft has read all that it says.</summary>
public sealed class PolicyChangesTests : ComponentTest
{
    private static readonly Dictionary<string, string> s_names = new() { ["act_remove"] = "Remove it" };

    [Fact]
    public void Policy_ThatMovesInTheTree_IsShownFromWhereToWhere()
    {
        IRenderedComponent<PolicyChanges> drawn = Draw(new PolicyVersion { Number = 2 }, after: "2 Harm");

        Assert.Equal((PoliciesText.NoParent, "2 Harm"), (drawn.Find("del").TextContent, drawn.Find("ins").TextContent));
        Assert.Empty(Draw(new PolicyVersion { Number = 2 }).FindAll("del"));
    }

    [Fact]
    public void Text_TooLongToCompare_IsThereInFull()
    {
        string text = string.Concat(Enumerable.Repeat("Do not. ", TextChanges.LongestText / 8)) + "The last words.";

        IRenderedComponent<PolicyChanges> drawn = Draw(new PolicyVersion { Number = 2, Text = text });

        Assert.Contains("The last words.", drawn.Find("details").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_ThatIsNew_TellsAllThatItAsksFor()
    {
        PolicyVersion draft = new() { RecommendedActions = "act_remove", ReasonRequired = true, Fields = "post.text", ReasonTemplates = "It sells.\nIt lures." };

        IRenderedComponent<NewPolicy> drawn = Render<NewPolicy>(page => page.Add(one => one.Draft, draft).Add(one => one.Parent, "2 Harm").Add(one => one.Names, s_names));

        Assert.Equal(
            ["2 Harm", "Remove it", PoliciesText.ReasonAlways, PoliciesText.AllQueues, "post.text"], drawn.FindAll(".value").Select(value => value.TextContent));
        Assert.Equal(["It sells.", "It lures."], drawn.FindAll("li").Select(line => line.TextContent));
    }

    private IRenderedComponent<PolicyChanges> Draw(PolicyVersion to, string? after = null) => Render<PolicyChanges>(page => page
        .Add(one => one.From, new PolicyVersion { Number = 1 }).Add(one => one.To, to).Add(one => one.ParentAfter, after).Add(one => one.Names, s_names));
}
