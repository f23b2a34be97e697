using Microsoft.AspNetCore.Components;
using Bunit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Components.Review;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Components.Review;

public sealed class ContextPanelTests : ComponentTest
{
    private readonly FakeAround _around = new();

    public ContextPanelTests() => Services.AddDeskAround(_around);

    [Fact]
    public void Context_ThatCannotBeRead_LeavesAllElseStandingAndCanBeTriedAgain()
    {
        _around.Context = null;

        IRenderedComponent<ContextPanel> panel = RenderPanel(DeskCases.Post());

        Assert.Contains("could not be read", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Contains("northwind", panel.Markup, StringComparison.Ordinal);
        Assert.Equal(2, panel.FindAll(".reports > div").Count);
        Assert.NotEmpty(panel.FindAll(".timeline"));

        _around.Context = () => new DeskContext([], [], []);
        panel.Find("[role=alert] button").Click();

        Assert.Empty(panel.FindAll("[role=alert]"));
        Assert.Contains("No other item of theirs was decided.", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Part_ThatBreaksWhileDrawn_LeavesTheOtherPartsStanding()
    {
        // A list that cannot be walked: as broken as a part can be.
        _around.Context = () => new DeskContext([], [null!], []);

        IRenderedComponent<ContextPanel> panel = RenderPanel(DeskCases.Post());

        Assert.Contains("This part could not be shown.", panel.Markup, StringComparison.Ordinal);
        Assert.Equal(2, panel.FindAll(".reports.card > div > .reporter").Count);
        Assert.NotEmpty(panel.FindAll(".comment-new textarea"));
    }

    [Fact]
    public void Author_WithAPast_IsToldWithWhatBecameOfEachItem()
    {
        _around.Context = () => new DeskContext([], [], []) with
        {
            AuthorPast =
            [
                new DeskPastDecision(41, DeskCases.Now.AddDays(-2), "Post", "Buy followers", Verdict.Violation, DecisionState.Effective, "Spam", "5.1", ["Remove the post"]),
                new DeskPastDecision(40, DeskCases.Now.AddDays(-3), "Post", "Good morning", Verdict.Allow, DecisionState.Reversed, null, null, []),
            ],
        };

        IRenderedComponent<ContextPanel> panel = RenderPanel(DeskCases.Post());

        Assert.Equal("Other items decided (2)", panel.Find(".past summary").TextContent);
        Assert.Equal(["Post 41: Violation · Spam 5.1", "Post 40: Allow"], panel.FindAll(".past-list a").Select(link => link.TextContent));
        Assert.Equal(["cases/41", "cases/40"], panel.FindAll(".past-list a").Select(link => link.GetAttribute("href")));
        Assert.Contains("Remove the post", panel.FindAll(".past-list li")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("replaced later", panel.FindAll(".past-list li")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void SameContent_SeenBefore_IsToldWithWhatWasDecided()
    {
        _around.Context = () => new DeskContext([], [], []) with
        {
            Alike =
            [
                new DeskAlike(Alikeness.Same, 31, CaseState.Closed, DeskCases.Now.AddDays(-4), Verdict.Violation, DeskCases.Now.AddDays(-3), "Spam", "5.1"),
                new DeskAlike(Alikeness.SameMedia, 32, CaseState.Open, DeskCases.Now.AddDays(-1), null, null, null, null),
            ],
        };

        IRenderedComponent<ContextPanel> panel = RenderPanel(DeskCases.Post());

        string text = panel.Markup;
        Assert.Contains("Same content before (2)", text, StringComparison.Ordinal);
        Assert.Contains("Violation · Spam 5.1", text, StringComparison.Ordinal);
        Assert.Contains("The same item under another number · case 31", text, StringComparison.Ordinal);
        Assert.Contains("Not decided yet", text, StringComparison.Ordinal);
        Assert.Contains("The same picture or recording · case 32", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, "New reporter")]
    [InlineData(2, 3, "Too few judged reports: 2 of 3 upheld (20–94 %)")]
    [InlineData(41, 46, "Reporter usually right: 41 of 46 upheld (76–96 %)")]
    [InlineData(12, 15, "Reporter sometimes right: 12 of 15 upheld (54–93 %)")]
    [InlineData(1, 9, "Reporter often wrong: 1 of 9 upheld (1–44 %)")]
    public void Reporter_OfAReport_IsToldInWordsWithCountsAndHowSureTheyAre(int upheld, int judged, string words)
    {
        DeskCase about = DeskCases.Post() with { Reports = [DeskCases.Report("r-1") with { Record = new ReporterRecord(upheld, judged) }] };

        Assert.Equal(words, RenderPanel(about).Find(".reporter").TextContent);
    }

    [Fact]
    public void Comment_Written_GoesToTheCaseAndEmptiesTheField()
    {
        _around.Context = () => new DeskContext([], [], []) with { Comments = [new CommentRow(Guid.CreateVersion7(), DeskCases.Now.AddHours(-1), "Ash", "<b>Seen</b> before", true)] };
        IRenderedComponent<ContextPanel> panel = RenderPanel(DeskCases.Post());
        Assert.Contains("<b>Seen</b> before", panel.Find(".comments .quote").TextContent, StringComparison.Ordinal);

        panel.Find(".comments textarea").Change("Asked the bank.");
        panel.Find(".comments button").Click();

        Assert.Equal([(48213L, "Asked the bank.")], _around.Written);
        panel.WaitForAssertion(() => Assert.Equal("", panel.Find(".comments textarea").GetAttribute("value")));
    }

    [Fact]
    public void Comment_ThatWasBegun_StandsInTheFieldAgain()
    {
        DeskCase about = DeskCases.Post() with { Draft = new KeptForm(null, null, [], null, null, "Half a th").Write() };

        IRenderedComponent<ContextPanel> panel = RenderPanel(about, new DecisionForm(about));

        Assert.Equal("Half a th", panel.Find(".comments textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task BlindTask_CommentedOn_CarriesTheWordsWithItsVerdict()
    {
        DeskCase blind = DeskCases.Post() with { CaseNumber = null };
        DecisionForm form = new(blind);
        IRenderedComponent<ContextPanel> panel = RenderPanel(blind, form);

        await panel.Find(".comment-new textarea").ChangeAsync("Look twice.");
        await panel.Find(".comment-new button").ClickAsync();

        Assert.Equal("Look twice.", form.Note.Text);
        Assert.Contains("Look twice.", panel.Find(".comments").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "New account")]
    [InlineData(20, "Young account")]
    [InlineData(60, null)]
    public void Account_MadeLately_IsMarkedInWords(int days, string? words)
    {
        DeskCase about = DeskCases.Post();
        about = about with { Author = about.Author! with { CreatedAt = DeskCases.Now.AddDays(-days) } };

        Assert.Equal(words is null ? [] : [words], RenderPanel(about).FindAll(".rows .chip").Select(chip => chip.TextContent));
    }

    [Fact]
    public void LongThread_IsFoldedAroundTheJudgedItem()
    {
        DeskItem[] thread = [.. Enumerable.Range(0, 40).Select(place => DeskCases.Item($"line {place}", judged: place == 20, id: $"p-{place}"))];
        IRenderedComponent<ContextPanel> panel = RenderPanel(DeskCases.Post() with { Thread = thread });
        Assert.Equal(14, panel.FindAll(".beside > li").Count);
        Assert.Contains("line 14", panel.Find(".beside").TextContent, StringComparison.Ordinal);
        Assert.Contains("line 26", panel.Find(".beside").TextContent, StringComparison.Ordinal);

        panel.Find(".beside button").Click();

        Assert.Equal(40, panel.FindAll(".beside > li").Count);
    }

    [Fact]
    public void Precedent_NearTheCase_SaysWhatHoldsWhatWasDoneAndWhy_AndOpensInPlace()
    {
        _around.Precedents = () =>
        [
            new PrecedentOffer(
                7, 2, "Impossible <b>sale</b>", "A comic offer", "Satire stays", "Goats", Verdict.Violation, ["Remove the post"], "pol", "5.1", "Spam", 3, PrecedentState.InForce, 203,
                [new PrecedentReason(PrecedentLink.SameText, 90, []), new PrecedentReason(PrecedentLink.Words, 15, ["goats", "mayor"]), new PrecedentReason(PrecedentLink.SamePolicy, 10, [])]),
            new PrecedentOffer(8, 1, "Other", "f", "r", "w", Verdict.Allow, [], "pol", "5.1", "Spam", 3, PrecedentState.InForce, null, [new PrecedentReason(PrecedentLink.NearPicture, 60, [])]),
        ];

        IRenderedComponent<ContextPanel> panel = RenderPanel(DeskCases.Post());

        string[] said = [.. panel.FindAll(".near-one")[0].QuerySelectorAll("summary > *").Select(part => part.TextContent)];
        Assert.Equal(["Impossible <b>sale</b>", "Violation · Remove the post · Spam 5.1", "Satire stays", "Same text as case 203; words in common: goats, mayor; reported under the same policy"], said);
        Assert.Equal("Nearly the same picture", panel.FindAll(".near-one")[1].QuerySelectorAll("summary > *")[^1].TextContent);
        Assert.Equal("escalations/precedents/7?version=2", panel.Find(".near-one a").GetAttribute("href"));
    }

    [Fact]
    public async Task Precedent_ThatIsOpen_StaysWhileItsTaskIsReadAnewAndGoesWithIt()
    {
        _around.Precedents = () => [new PrecedentOffer(8, 1, "Other", "f", "r", "w", Verdict.Allow, [], "pol", "5.1", "Spam", 3, PrecedentState.InForce, null, [])];
        IRenderedComponent<ContextPanel> panel = RenderPanel(DeskCases.Post());
        Assert.Single(panel.FindAll(".near-one"));
        TaskCompletionSource slow = new();
        _around.Ready = slow.Task;

        panel.Render(parameters => parameters.Add(one => one.About, DeskCases.Post() with { Reports = [] }));
        Assert.Single(panel.FindAll(".near-one"));
        // What was found stays when looking again fails, and that is said of the next task no more.
        await panel.InvokeAsync(() => slow.SetException(new InvalidOperationException("The database is away.")));
        panel.WaitForAssertion(() => Assert.Single(panel.FindAll(".near [role=alert]")));
        Assert.Single(panel.FindAll(".near-one"));
        slow = new();
        _around.Ready = slow.Task;
        panel.Render(parameters => parameters.Add(one => one.About, DeskCases.Post() with { TaskNumber = 99 }));
        Assert.Empty(panel.FindAll(".near-one, .near [role=alert]"));

        await panel.InvokeAsync(slow.SetResult);
        panel.WaitForAssertion(() => Assert.Single(panel.FindAll(".near-one")));
    }

    [Fact]
    public void Precedents_ThatCannotBeLookedUp_LeaveTheCaseStandingAndCanBeTriedAgain()
    {
        _around.Precedents = null;

        IRenderedComponent<ContextPanel> panel = RenderPanel(DeskCases.Post());

        Assert.Contains("Precedents could not be looked up.", panel.Find(".near [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(panel.FindAll(".reports"));
        _around.Precedents = () => [];
        panel.Find(".near [role=alert] button").Click();
        Assert.Contains("No precedent is near this case.", panel.Find(".near").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<ContextPanel> RenderPanel(DeskCase about, DecisionForm? form = null) =>
        Render<Microsoft.AspNetCore.Components.CascadingValue<Moment>>(parameters => parameters
            .Add(value => value.Value, new Moment(DeskCases.Now, TimeZoneInfo.Utc))
            .Add(value => value.ChildContent, builder =>
            {
                builder.OpenComponent<ContextPanel>(0);
                builder.AddComponentParameter(1, nameof(ContextPanel.About), about);
                builder.AddComponentParameter(2, nameof(ContextPanel.Form), form);
                builder.AddComponentParameter(3, nameof(ContextPanel.OnEdit), EventCallback.Factory.Create<Action<DecisionForm>>(this, edit => edit(form ?? new DecisionForm(about))));
                builder.CloseComponent();
            })).FindComponent<ContextPanel>();
}
