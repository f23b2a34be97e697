using Bunit;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Decisions.Stacks;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues.Stacks;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Components.Review;

public sealed class StackPanelTests : ComponentTest
{
    private static readonly Moment s_moment = new(DeskCases.Now, TimeZoneInfo.Utc);

    public StackPanelTests() => Services.AddGatedMedia();

    [Fact]
    public void Bar_OfACaseLikeNoOther_IsNotThere()
    {
        Assert.Equal("", Bar([], 0).Markup.Trim());
    }

    [Fact]
    public void Bar_SaysHowManyThereAre_AndHowManyWouldBeDecided()
    {
        IRenderedComponent<StackBar> bar = Bar([Member(8), Member(9), Member(10)], included: 2);

        Assert.Contains("3 more like this", bar.Find(".stack-bar").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Show", "Decide all 3"], bar.FindAll("button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public void Bar_WithEverythingLeftOut_OffersNoVerdictOnAll()
    {
        Assert.Equal(["Show"], Bar([Member(8)], included: 0).FindAll("button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public void List_IsDrawnOnlyWhenItIsOpened()
    {
        Assert.Empty(Panel([Member(8)], [], open: false).FindAll("li"));
    }

    [Fact]
    public void Member_IsShownAsText_WithMediaBehindItsVeil_AndCanBeLeftOut()
    {
        const string Hostile = "<script>alert(1)</script><img src=x>";
        StackMember member = Member(8, Hostile) with { AuthorName = Hostile, Alike = Alike.NearText, Reports = 2, Media = [DeskCases.Media()] };
        List<(StackMember Member, bool Included)> choices = [];

        IRenderedComponent<StackPanel> panel = Panel([member], [member], open: true, choices.Add);

        Assert.Equal(Hostile, panel.Find(".quote").TextContent);
        Assert.Empty(panel.FindAll("script"));
        Assert.Equal($"media/{member.Media[0].MediaId}/0", Assert.Single(panel.FindAll("img")).GetAttribute("src"));
        Assert.Contains("Nearly the same text · 2 reports · Goods", panel.Find(".alike-member").TextContent, StringComparison.Ordinal);
        panel.Find("input[type=checkbox]").Change(false);
        Assert.Equal((member, false), Assert.Single(choices));
    }

    [Fact]
    public void Outcome_SaysWhatWasDecided_AndWhatWasLeftOutAndWhy()
    {
        DecideResult shown = new(DecideOutcome.Decided);

        Assert.Equal("Post 7 decided: allow.", StackWords.Decided("Post 7", "allow", new DecideStackResult(shown)));
        Assert.Equal("Post 7 and 2 more decided: allow.", StackWords.Decided("Post 7", "allow", new DecideStackResult(shown) { Members = 2 }));
        Assert.Equal(
            "Post 7 and 2 more decided: allow. 1 was left out: changed meanwhile.",
            StackWords.Decided("Post 7", "allow", new DecideStackResult(shown) { Members = 2, LeftOut = [new(9, StackLeftOutReason.Changed)] }));
        Assert.Equal(
            "Post 7 and 2 more decided: allow. 2 were left out: changed meanwhile, no longer yours.",
            StackWords.Decided(
                "Post 7", "allow", new DecideStackResult(shown) { Members = 2, LeftOut = [new(9, StackLeftOutReason.Changed), new(10, StackLeftOutReason.Gone)] }));
    }

    private static StackMember Member(long task, string text = "Cheap followers") => new(
        task, 1, 100 + task, 1, Alike.SameText, "Post", "northwind", "Goods", Severity.Medium, Sensitivity.Ordinary, DeskCases.Now,
        [new DeskField("text", FieldType.String, FieldRole.None, Sensitive: false, [text])], [], 0);

    private IRenderedComponent<StackBar> Bar(IReadOnlyList<StackMember> stack, int included) => Render<StackBar>(parameters => parameters
        .Add(bar => bar.Stack, stack).Add(bar => bar.Included, included));

    private IRenderedComponent<StackPanel> Panel(
        IReadOnlyList<StackMember> stack, IReadOnlyList<StackMember> included, bool open, Action<(StackMember Member, bool Included)>? onInclude = null) =>
        Render<CascadingValue<Moment>>(parameters => parameters.Add(value => value.Value, s_moment).AddChildContent<StackPanel>(panel => panel
            .Add(list => list.Stack, stack).Add(list => list.Included, included).Add(list => list.Open, open)
            .Add(list => list.OnInclude, onInclude ?? (_ => { })))).FindComponent<StackPanel>();
}
