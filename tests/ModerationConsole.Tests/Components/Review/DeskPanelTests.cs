using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Policies;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Components.Review;

public sealed class DeskPanelTests : ComponentTest
{
    private static readonly Moment s_moment = new(DeskCases.Now, TimeZoneInfo.Utc);

    private readonly FakeAround _around = new();

    public DeskPanelTests()
    {
        Services.AddOptions<EnforcementOptions>();
        Services.AddGatedMedia();
        Services.AddDeskAround(_around);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("\" onmouseover=\"alert(1)")]
    [InlineData("</div><h1>Not ours</h1>")]
    public void HostileText_IsShownAsText(string text)
    {
        IRenderedComponent<CasePanel> panel = RenderCase(DeskCases.Post(text));

        Assert.Equal(text, panel.Find(".post-text").TextContent);
        Assert.Empty(panel.FindAll("script, .post-text img, .post-text h1, [onmouseover]"));
    }

    [Fact]
    public void HostileText_InEveryOtherField_IsShownAsText()
    {
        const string Hostile = "<script>alert(1)</script><img src=x>";
        DeskCase about = DeskCases.Post() with
        {
            Author = DeskCases.Post().Author! with { Name = Hostile },
            Reports = [DeskCases.Report(Hostile, Hostile, Hostile)],
            Thread = [DeskCases.Item(Hostile, judged: false) with { AuthorName = Hostile, ItemId = Hostile }],
        };

        IRenderedComponent<ContextPanel> panel = RenderWithMoment<ContextPanel>(builder =>
        {
            builder.OpenComponent<ContextPanel>(0);
            builder.AddComponentParameter(1, nameof(ContextPanel.About), about);
            builder.CloseComponent();
        });

        Assert.Empty(panel.FindAll("script, img"));
        Assert.Contains(Hostile, panel.Find(".reports").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void LongText_IsFoldedUntilAskedFor()
    {
        string text = string.Concat(Enumerable.Repeat("word ", 2_000));
        IRenderedComponent<CasePanel> panel = RenderCase(DeskCases.Post(text));
        Assert.True(panel.Find(".post-text").TextContent.Length < 1_600);

        panel.FindAll("button").Single(button => button.TextContent.StartsWith("Show all", StringComparison.Ordinal)).Click();

        Assert.Equal(text, panel.Find(".post-text").TextContent);
    }

    [Fact]
    public void Case_Shown_NamesItselfAndWhyItIsHere()
    {
        IRenderedComponent<CasePanel> panel = RenderCase(DeskCases.Post());

        Assert.Equal("Post 48\u202f213", panel.Find("h1").TextContent);
        Assert.Equal(("7", "48213"), (panel.Find("[aria-label=Case]").GetAttribute("data-task"), panel.Find("[aria-label=Case]").GetAttribute("data-case")));
        Assert.Contains("2 people reported it for Threats of violence.", panel.Find(".why").TextContent, StringComparison.Ordinal);
        Assert.Equal("Severe · Threats of violence", panel.Find(".chip-severe").TextContent);
        Assert.Equal("Due in 42 min", panel.Find(".chip-due").TextContent);
    }

    [Fact]
    public void TaskThatMustNotNameItsCase_ShowsItsOwnNumber()
    {
        IRenderedComponent<CasePanel> panel = RenderCase(DeskCases.Post() with { CaseNumber = null });

        Assert.Equal("Post 7", panel.Find("h1").TextContent);
        Assert.Equal("7", panel.Find("[aria-label=Case]").GetAttribute("data-case"));
    }

    [Fact]
    public void Media_ThatIsReady_ShowsTheBlurredStillAndNothingElse()
    {
        DeskMedia media = DeskCases.Media();

        IRenderedComponent<CasePanel> panel = RenderCase(DeskCases.Post() with { Media = [media] });

        Assert.Equal($"media/{media.MediaId}/0", panel.Find("img").GetAttribute("src"));
        Assert.Contains("Weapon · photo", panel.Find(".veil").TextContent, StringComparison.Ordinal);
        Assert.Contains("Severe · Threats of violence", panel.Find(".veil").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 people reported it for Threats of violence.", panel.Find(".veil-why").TextContent, StringComparison.Ordinal);
        Assert.Empty(panel.Find("[data-media-screen]").ChildNodes);
    }

    [Theory]
    [InlineData(MediaState.Pending, null, "Still being prepared")]
    [InlineData(MediaState.Placeholder, "RendererMissing", "No blurred still could be made. It is stored.")]
    [InlineData(MediaState.Refused, "TooLarge", "Not taken in: too large.")]
    [InlineData(MediaState.Refused, "PrivateAddress", "Not taken in: its address is not allowed.")]
    [InlineData(MediaState.Refused, "something new", "Not taken in: it could not be read.")]
    public void Media_WithoutAStill_SaysWhyInWords(MediaState state, string? problem, string words)
    {
        IRenderedComponent<CasePanel> panel = RenderCase(DeskCases.Post() with { Media = [DeskCases.Media(state, problem: problem)] });

        Assert.Equal(words, panel.Find(".tile-none").TextContent);
        Assert.Empty(panel.FindAll("img"));
    }

    [Fact]
    public void Violation_Chosen_SaysWhatWillHappen()
    {
        DeskCase about = DeskCases.Post();
        DecisionForm form = new(about);
        form.Choose(DeskCases.Threats);

        IRenderedComponent<DecisionPanel> panel = RenderDecision(about, form);

        Assert.Equal(
            ["Remove the post", "Suspend the account (for good)", "Send the reason for the user with it"],
            panel.FindAll(".plan li").Select(line => line.TextContent));
        Assert.Equal("undo for 60 s", panel.Find(".plan-head span").TextContent);
        Assert.Equal("true", panel.FindAll(".verdict button")[1].GetAttribute("aria-pressed"));
        Assert.Equal("Threatens a person.", panel.Find("#reason").GetAttribute("value"));
    }

    [Fact]
    public void Plan_OfAViolationThatReachesAStep_SaysWhatIsOrderedByItself()
    {
        DeskStrikes strikes = new(3, 2, new Dictionary<Severity, int> { [Severity.Severe] = 8, [Severity.Low] = 1 }, [])
        {
            Standing = 5,
            Ordered = [new DeskOrderedStep(4, "Warn"), new DeskOrderedStep(8, "Suspend"), new DeskOrderedStep(20, "Close")],
        };
        DeskCase about = DeskCases.Post() with { Strikes = strikes };

        Assert.Contains(Said(DeskCases.Threats, about), line => line == "The author reaches 8 strikes: Suspend is then ordered on the account by itself.");
        Assert.DoesNotContain(Said(DeskCases.Spam, about), line => line.Contains("by itself", StringComparison.Ordinal));
        // A child-safety case puts no strike on anyone.
        Assert.DoesNotContain(Said(DeskCases.Threats, about with { Sensitivity = Sensitivity.ChildSafety }), line => line.Contains("by itself", StringComparison.Ordinal));

        static IEnumerable<string> Said(DeskPolicy policy, DeskCase about)
        {
            DecisionForm form = new(about);
            form.Choose(policy);
            return DecisionWords.Plan(form, about).Select(line => line.Words);
        }
    }

    [Fact]
    public void PinnedPolicies_StandByTheirKeys_AndTheRestIsFoundByTyping()
    {
        DeskPolicy? chosen = null;
        IRenderedComponent<PolicyPicker> picker = Render<PolicyPicker>(parameters => parameters
            .Add(picker => picker.Policies, DeskCases.Post().Policies)
            .Add(picker => picker.OnChoose, EventCallback.Factory.Create<DeskPolicy>(this, policy => chosen = policy)));
        Assert.Equal(["1", "2"], picker.FindAll(".policies kbd").Select(key => key.TextContent));

        picker.Find("[data-desk-find]").Input("dox");
        picker.Find("[data-desk-find]").KeyDown("Enter");

        Assert.Equal("pol_doxxing", chosen?.Id);
    }

    [Fact]
    public void Policy_SoughtInVain_SaysSo()
    {
        IRenderedComponent<PolicyPicker> picker = Render<PolicyPicker>(parameters => parameters.Add(picker => picker.Policies, DeskCases.Post().Policies));

        picker.Find("[data-desk-find]").Input("zzz");

        Assert.Contains("No policy by that name or number.", picker.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Allow")]
    [InlineData("Violation")]
    [InlineData("Escalate")]
    [InlineData("Emergency")]
    [InlineData("Child safety")]
    [InlineData("Can't review")]
    [InlineData("Move")]
    [InlineData("Skip")]
    [InlineData("Stop this case")]
    [InlineData("Submit")]
    public void Decision_HasEachButtonByItsName(string name)
    {
        DeskCase about = DeskCases.Post();

        IRenderedComponent<DecisionPanel> panel = RenderDecision(about, new DecisionForm(about));

        Assert.Single(panel.FindAll("button"), button => NameOf(button) == name);
    }

    [Fact]
    public void PanelThatBreaks_LeavesWordsAndRecoversWithTheNextCase()
    {
        IRenderedComponent<PanelBoundary> boundary = Render<PanelBoundary>(parameters => parameters
            .Add(panel => panel.For, 1)
            .Add(panel => panel.ChildContent, builder => throw new InvalidOperationException("broken")));
        Assert.Contains("This part could not be shown.", boundary.Markup, StringComparison.Ordinal);

        boundary.Render(parameters => parameters.Add(panel => panel.For, 2).Add(panel => panel.ChildContent, "whole"));

        Assert.Equal("whole", boundary.Markup);
    }

    private static string NameOf(AngleSharp.Dom.IElement button) =>
        string.Concat(button.ChildNodes.Where(node => node is not AngleSharp.Dom.IElement { LocalName: "kbd" }).Select(node => node.TextContent)).Trim();

    private IRenderedComponent<CasePanel> RenderCase(DeskCase about) => RenderWithMoment<CasePanel>(builder =>
    {
        builder.OpenComponent<CasePanel>(0);
        builder.AddComponentParameter(1, nameof(CasePanel.About), about);
        builder.CloseComponent();
    });

    private IRenderedComponent<DecisionPanel> RenderDecision(DeskCase about, DecisionForm form) => RenderWithMoment<DecisionPanel>(builder =>
    {
        builder.OpenComponent<DecisionPanel>(0);
        builder.AddComponentParameter(1, nameof(DecisionPanel.About), about);
        builder.AddComponentParameter(2, nameof(DecisionPanel.Form), form);
        builder.CloseComponent();
    });

    private IRenderedComponent<T> RenderWithMoment<T>(RenderFragment content)
        where T : IComponent =>
        Render<CascadingValue<Moment>>(parameters => parameters.Add(value => value.Value, s_moment).Add(value => value.ChildContent, content)).FindComponent<T>();
}
