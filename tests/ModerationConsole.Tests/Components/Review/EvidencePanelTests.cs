using Bunit;
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

public sealed class EvidencePanelTests : ComponentTest
{
    private readonly FakeAround _around = new();

    public EvidencePanelTests()
    {
        Services.AddOptions<EnforcementOptions>();
        Services.AddGatedMedia();
        Services.AddDeskAround(_around);
    }

    [Fact]
    public void Why_WithKnownReporters_SaysWhoIsUsuallyRight()
    {
        DeskCase about = DeskCases.Post() with
        {
            Reports =
            [
                DeskCases.Report("r-1") with { Record = new ReporterRecord(41, 46) },
                DeskCases.Report("r-2") with { Record = new ReporterRecord(12, 12) },
                DeskCases.Report("r-3") with { Record = new ReporterRecord(0, 9) },
                DeskCases.Report("r-4"),
            ],
        };

        Assert.Equal(
            "4 people reported it for Threats of violence. 2 of them are usually right. 1 of them is often wrong.", CaseWords.Why(about));
    }

    [Theory]
    [InlineData(CaseSource.Rule, "Rule “Named target + weapon” matched (certain). Signal “toxicity”: 0.93. 1 person reported it for Threats of violence. Their reports are usually right.")]
    [InlineData(CaseSource.Report, "1 person reported it for Threats of violence. Their reports are usually right. Rule “Named target + weapon” matched (certain). Signal “toxicity”: 0.93.")]
    public void Why_WithRulesAndSignals_BeginsWithWhatBroughtIt(CaseSource source, string words)
    {
        DeskCase about = DeskCases.Post() with
        {
            Source = source,
            Grounds = [new CaseGround(GroundKind.Rule, "Named target + weapon", "certain", []), new CaseGround(GroundKind.Signal, "toxicity", "0.93", [])],
            Reports = [DeskCases.Report("r-1") with { Record = new ReporterRecord(9, 9) }],
        };

        Assert.Equal(words, CaseWords.Why(about));
    }

    [Fact]
    public void Why_ComesFirstInTheCase()
    {
        IRenderedComponent<CasePanel> panel = RenderCase(DeskCases.Post());

        Assert.Equal(["DIV", "P"], panel.Find("[aria-label=Case]").Children.Take(2).Select(part => part.TagName));
        Assert.Equal("why", panel.Find("[aria-label=Case]").Children[1].ClassName);
    }

    [Fact]
    public void SpanThatARuleMatched_IsMarkedInTheText()
    {
        IRenderedComponent<CasePanel> panel = RenderCase(DeskCases.Post("Next time I wait.") with
        {
            Matches = [new DeskMatch(new TextSpan("text", 0, 0, 9), "Named target")],
        });

        Assert.Equal(("Next time", "Rule “Named target” matched this"), (panel.Find("mark").TextContent, panel.Find("mark").GetAttribute("title")));
    }

    [Fact]
    public void Recording_WithATranscript_ShowsItFirst_AndEachTextSaysWhatItIs()
    {
        DeskCase about = DeskCases.Post() with
        {
            Item = DeskCases.Item("Listen to this") with
            {
                Fields =
                [
                    new DeskField("text", FieldType.String, FieldRole.None, false, ["Listen to this"]),
                    new DeskField("image_text", FieldType.String, FieldRole.OcrText, false, ["SALE"]),
                    new DeskField("said", FieldType.String, FieldRole.Transcript, false, ["What is said"]),
                    new DeskField("english", FieldType.String, FieldRole.Translation, false, ["In English"]),
                ],
            },
            Media = [DeskCases.Media(kind: MediaKind.Audio)],
        };

        IRenderedComponent<CasePanel> panel = RenderCase(about);

        Assert.Equal(["What is said", "Listen to this", "SALE", "In English"], panel.FindAll(".post-text").Select(text => text.TextContent));
        Assert.Equal(
            ["Transcript", "Text", "Text in the image", "Translation, as the platform sent it"], panel.FindAll(".field-name").Select(head => head.TextContent));
        Assert.Null(panel.FindAll(".post-text")[3].GetAttribute("lang"));
    }

    [Fact]
    public void Evidence_Walked_StopsAtEachTextTheFactsAndEachPieceOfMedia()
    {
        DeskCase about = DeskCases.Post() with
        {
            Item = DeskCases.Item("One") with
            {
                Fields =
                [
                    new DeskField("text", FieldType.String, FieldRole.None, false, ["One"]),
                    new DeskField("bio", FieldType.String, FieldRole.None, false, ["Two"]),
                    new DeskField("url", FieldType.Url, FieldRole.Url, false, ["https://example.net/a"]),
                ],
            },
            Media = [DeskCases.Media(), DeskCases.Media()],
        };
        IReadOnlyList<EvidenceStop> stops = EvidenceWalk.Of(about);

        Assert.Equal(["evidence-text-0", "evidence-text-1", "evidence-facts", "evidence-0", "evidence-1"], stops.Select(stop => stop.Id));
        Assert.Equal([null, null, null, 0, 1], stops.Select(stop => stop.Media));
        Assert.Equal("evidence-1", EvidenceWalk.Step(stops, "evidence-0", 1)!.Id);
        Assert.Equal("evidence-facts", EvidenceWalk.Step(stops, "evidence-0", -1)!.Id);
        Assert.Equal("evidence-1", EvidenceWalk.Step(stops, "evidence-1", 1)!.Id);
        Assert.Equal("evidence-text-0", EvidenceWalk.Step(stops, null, 1)!.Id);
        Assert.Null(EvidenceWalk.Step([], null, 1));

        // Each stop is there, the one that the person is at says so, and a link is no link.
        IRenderedComponent<CasePanel> panel = RenderCase(about, "evidence-facts");
        Assert.All(stops, stop => Assert.Single(panel.FindAll($"#{stop.Id}[tabindex='-1']")));
        Assert.Equal("evidence-facts", Assert.Single(panel.FindAll(".evidence-stop[data-at]")).Id);
        Assert.Empty(panel.FindAll(".post a"));
    }

    [Theory]
    [InlineData("en", "English · 3 h old")]
    [InlineData("pt-BR", "Portuguese (Brazil) · 3 h old")]
    [InlineData("ar", "Arabic · 3 h old")]
    [InlineData(null, "Language unknown · 3 h old")]
    public void Language_OfTheItem_IsToldInWords(string? tag, string words)
    {
        Assert.Equal(words, RenderCase(DeskCases.Post() with { Language = tag }).Find(".case-meta").TextContent);
    }

    [Fact]
    public void Policy_Chosen_CanBeReadInItsVersionWithGuidance()
    {
        DeskPolicy threats = DeskCases.Threats with { VersionNumber = 3 };
        _around.Policy = id => new PolicyView(
            new Policy { Id = id, Code = "2.1" },
            new PolicyVersion { Number = 3, Text = "Do **not** threaten.", Guidance = "- a figure of speech is none", EffectiveFrom = DeskCases.Now.AddDays(-5) },
            []);
        DeskCase about = DeskCases.Post();
        DecisionForm form = new(about);
        form.Choose(threats);

        IRenderedComponent<DecisionPanel> panel = RenderDecision(about, form);

        Assert.Equal("What 2.1 says · version 3", panel.Find(".policy-text summary").TextContent);
        Assert.Equal("not", panel.Find(".policy-text .prose strong").TextContent);
        Assert.Contains("a figure of speech is none", panel.Find(".policy-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("Version 3, in force since 25 Feb 2026", panel.Find(".policy-text").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_WhoseTextCannotBeRead_LeavesTheDecisionStanding()
    {
        _around.Policy = _ => throw new InvalidOperationException("The database is away.");
        DeskCase about = DeskCases.Post();
        DecisionForm form = new(about);
        form.Choose(DeskCases.Threats);

        IRenderedComponent<DecisionPanel> panel = RenderDecision(about, form);

        Assert.Contains("The text could not be read.", panel.Find(".policy-text").TextContent, StringComparison.Ordinal);
        Assert.Single(panel.FindAll(".submit"));
    }

    [Fact]
    public void ActionThatIsRecommended_SaysWhatItDoes()
    {
        DeskCase about = DeskCases.Post() with { Actions = [DeskCases.Remove with { Description = "The post is hidden and its author told." }] };
        DecisionForm form = new(about);
        form.Choose(DeskCases.Threats);

        Assert.Equal("The post is hidden and its author told.", RenderDecision(about, form).Find(".plan li small").TextContent);
    }

    private IRenderedComponent<CasePanel> RenderCase(DeskCase about, string? at = null) => RenderWithMoment<CasePanel>(builder =>
    {
        builder.OpenComponent<CasePanel>(0);
        builder.AddComponentParameter(1, nameof(CasePanel.About), about);
        builder.AddComponentParameter(2, nameof(CasePanel.At), at);
        builder.CloseComponent();
    });

    private IRenderedComponent<DecisionPanel> RenderDecision(DeskCase about, DecisionForm form) => RenderWithMoment<DecisionPanel>(builder =>
    {
        builder.OpenComponent<DecisionPanel>(0);
        builder.AddComponentParameter(1, nameof(DecisionPanel.About), about);
        builder.AddComponentParameter(2, nameof(DecisionPanel.Form), form);
        builder.CloseComponent();
    });

    private IRenderedComponent<T> RenderWithMoment<T>(Microsoft.AspNetCore.Components.RenderFragment content)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        Render<Microsoft.AspNetCore.Components.CascadingValue<Moment>>(parameters => parameters
            .Add(value => value.Value, new Moment(DeskCases.Now, TimeZoneInfo.Utc)).Add(value => value.ChildContent, content)).FindComponent<T>();
}
