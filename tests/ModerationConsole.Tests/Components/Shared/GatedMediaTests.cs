using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Components.Shared;

public sealed class GatedMediaTests : ComponentTest
{
    private readonly FakeReveals _reveals;
    private readonly FakeChoices _choices;
    private readonly DeskMedia _media = DeskCases.Media();

    public GatedMediaTests()
    {
        _reveals = Services.AddGatedMedia();
        _choices = (FakeChoices)Services.GetRequiredService<IMediaChoices>();
    }

    [Fact]
    public void Media_Drawn_AsksForTheStillOnly()
    {
        IRenderedComponent<GatedMedia> tile = RenderTile();

        Assert.Equal($"media/{_media.MediaId}/0", Assert.Single(tile.FindAll("[src]")).GetAttribute("src"));
        Assert.Empty(_reveals.Asked);
    }

    [Fact]
    public async Task Reveal_Granted_NamesTheStepAndOffersTheNextAsAChoiceOfItsOwn()
    {
        IRenderedComponent<GatedMedia> tile = RenderTile();
        Guid reveal = Guid.NewGuid();
        _reveals.Answers.Enqueue(Granted(reveal, "image/jpeg", MediaStep.Filtered, "video/mp4"));

        MediaGrant? grant = await tile.InvokeAsync(() => tile.Instance.OnReveal(1, grey: true, blur: 2, region: false));

        Assert.Equal(new MediaGrant(reveal, $"media/{_media.MediaId}/1?reveal={reveal}", "img", 900), grant);
        Assert.Equal(new RevealRequest(_media.MediaId, MediaStep.GreyStill, new MediaFilters(true, 2)) { Task = new DrawnTask(7, 3) }, Assert.Single(_reveals.Asked));
        Assert.Equal("2", Button(tile, "Show the clip").GetAttribute("data-media-step"));
        // The picture itself is the script's: nothing of it in what the server draws.
        Assert.Single(tile.FindAll("[src]"));
    }

    [Fact]
    public async Task NextStep_Granted_EndsTheOneBefore()
    {
        IRenderedComponent<GatedMedia> tile = RenderTile();
        Guid first = Guid.NewGuid();
        _reveals.Answers.Enqueue(Granted(first, "image/jpeg", MediaStep.Filtered, "image/jpeg"));
        _reveals.Answers.Enqueue(Granted(Guid.NewGuid(), "image/jpeg", MediaStep.Original, "image/jpeg"));
        await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0, region: false));
        Assert.NotNull(Button(tile, "Show in colour"));

        await tile.InvokeAsync(() => tile.Instance.OnReveal(2, false, 0, region: false));

        Assert.Equal([first], _reveals.Hidden);
        Assert.NotNull(Button(tile, "Show the original"));
    }

    [Fact]
    public async Task Hidden_ByThePage_IsToldAndOffersTheFirstStepAgain()
    {
        IRenderedComponent<GatedMedia> tile = RenderTile();
        Guid reveal = Guid.NewGuid();
        _reveals.Answers.Enqueue(Granted(reveal, "image/jpeg", MediaStep.Filtered, "image/jpeg"));
        await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0, region: false));

        await tile.InvokeAsync(() => tile.Instance.OnHidden(reveal, "button"));

        Assert.Equal([reveal], _reveals.Hidden);
        Assert.Equal(["1"], tile.FindAll("[data-media-step]").Select(button => button.GetAttribute("data-media-step")));
    }

    [Fact]
    public async Task ViewThatWasNotMade_IsSaidAndAnotherOffered()
    {
        IRenderedComponent<GatedMedia> tile = RenderTile();
        _reveals.Answers.Enqueue(new RevealResult(RevealOutcome.NotRendered, Next: MediaStep.Original, NextType: "audio/mpeg"));

        Assert.Null(await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0, region: false)));

        Assert.Equal("That view could not be made of this. Nothing was shown.", Services.GetRequiredService<StatusLine>().Text);
        Assert.Equal("3", Button(tile, "Show the recording").GetAttribute("data-media-step"));
    }

    [Fact]
    public async Task PageToRead_AsksForAReasonFirst()
    {
        IRenderedComponent<GatedMedia> tile = Render<GatedMedia>(parameters => parameters
            .Add(part => part.Media, _media).Add(part => part.CaseNumber, 12).Add(part => part.MayReveal, true));
        _reveals.Answers.Enqueue(new RevealResult(RevealOutcome.ReasonRequired));
        _reveals.Answers.Enqueue(Granted(Guid.NewGuid(), "image/jpeg", null, null));
        Assert.Null(await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0, region: false)));

        tile.Find("[data-media-reason='1']").Change("A complaint");
        Assert.NotNull(await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0, region: false)));

        Assert.Equal((12, "A complaint"), (_reveals.Asked[^1].CaseNumber!.Value, _reveals.Asked[^1].Reason));
        Assert.Empty(tile.FindAll("[data-media-reason]"));
    }

    [Fact]
    public void Veil_BeforeTheReveal_SaysCategorySeverityAndWhyItWasFlagged()
    {
        IRenderedComponent<GatedMedia> tile = Render<GatedMedia>(parameters => parameters
            .Add(part => part.Media, _media).Add(part => part.Gravity, "Severe · Threats").Add(part => part.Why, "2 people reported it for Threats."));
        IRenderedComponent<GatedMedia> unknown = Render<GatedMedia>(parameters => parameters.Add(part => part.Media, DeskCases.Media(category: null)));

        Assert.Equal("Weapon · photo1 of 1 · Severe · Threats2 people reported it for Threats.", tile.Find(".veil-words").TextContent.Trim());
        Assert.Equal("Photo · nobody said what it shows1 of 1 · severity not known", unknown.Find(".veil-words").TextContent.Trim());
    }

    [Fact]
    public void Choices_OfTheCategory_ReachTheScript()
    {
        _choices.Mine = new MyMediaPreferences(new Dictionary<string, MediaPreferences>
        {
            ["weapon"] = new() { Blur = 3, Colour = MediaColour.Sepia, Thumbnail = 160, SpeedPercent = 50, Muted = false },
            [MyMediaPreferences.Everything] = new() { Reveal = RevealMode.Toggle, ReblurSeconds = 45 },
        });
        IElement tile = RenderTile().Find("figure");

        Assert.Equal("--media-thumb: 160px", tile.GetAttribute("style"));
        Assert.Equal(
            """{"blur":3,"colour":"Sepia","muted":false,"speed":0.5,"first":1,"reveal":"Toggle","reblur":45}""", tile.GetAttribute("data-media-choices"));
    }

    [Fact]
    public void Choices_ThatCannotBeRead_AreTheStrictest()
    {
        _choices.Mine = null;
        IElement tile = RenderTile().Find("figure");

        Assert.Equal("--media-thumb: 120px", tile.GetAttribute("style"));
        Assert.Equal(
            """{"blur":8,"colour":"Grey","muted":true,"speed":0.25,"first":1,"reveal":"Region","reblur":10}""", tile.GetAttribute("data-media-choices"));
    }

    [Fact]
    public async Task Region_Granted_NamesTheTilesAndIsKeptWithTheReveal()
    {
        IRenderedComponent<GatedMedia> tile = RenderTile();
        Guid reveal = Guid.NewGuid();
        _reveals.Answers.Enqueue(Granted(reveal, "image/jpeg", MediaStep.Filtered, "image/jpeg"));

        MediaGrant? grant = await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0, region: true));

        Assert.Equal(4, grant!.Across);
        Assert.True(Assert.Single(_reveals.Asked).Filters.ByRegion);
    }

    [Fact]
    public void Video_WithStills_OffersEachAsAPlaceToStart()
    {
        DeskMedia video = DeskCases.Media(kind: MediaKind.Video) with { Stills = StoryboardStills.Of(31, 1280, 720) };
        IRenderedComponent<GatedMedia> tile = RenderTile(video);

        Assert.Equal(12, tile.FindAll("[data-media-jump]").Count);
        Assert.Equal(["0", "2.58", "5.17"], tile.FindAll("[data-media-jump]").Take(3).Select(still => still.GetAttribute("data-media-jump")));
        Assert.Equal("Start at 0:02", tile.FindAll("[data-media-jump]")[1].GetAttribute("aria-label"));
        // One stop for Tab.
        Assert.Single(tile.FindAll("[data-media-jump][tabindex='0']"));
    }

    [Theory]
    [InlineData(true, true, "1", "2")]
    [InlineData(false, true, "2", null)]
    [InlineData(true, false, "1", "3")]
    [InlineData(false, false, "3", null)]
    public async Task Video_FirstLook_FollowsWhatThePersonChose(bool storyboardFirst, bool clipFirst, string first, string? next)
    {
        _choices.Mine = new MyMediaPreferences(new Dictionary<string, MediaPreferences>
        {
            [MyMediaPreferences.Everything] = new() { StoryboardFirst = storyboardFirst, ClipFirst = clipFirst },
        });
        IRenderedComponent<GatedMedia> tile = RenderTile(DeskCases.Media(kind: MediaKind.Video));
        Assert.Equal(first, tile.Find(".when-closed[data-media-step]").GetAttribute("data-media-step"));
        if (next is null)
        {
            return;
        }

        _reveals.Answers.Enqueue(Granted(Guid.NewGuid(), "image/jpeg", MediaStep.Filtered, "video/mp4"));
        await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0, region: false));

        Assert.Equal(next, tile.FindAll("[data-media-step]")[0].GetAttribute("data-media-step"));
    }

    [Fact]
    public async Task NextStep_WhereThePersonWantsGrey_DoesNotPromiseColour()
    {
        _choices.Mine = new MyMediaPreferences(new Dictionary<string, MediaPreferences> { [MyMediaPreferences.Everything] = new() { Colour = MediaColour.Grey } });
        IRenderedComponent<GatedMedia> tile = RenderTile();
        _reveals.Answers.Enqueue(Granted(Guid.NewGuid(), "image/jpeg", MediaStep.Filtered, "image/jpeg"));

        await tile.InvokeAsync(() => tile.Instance.OnReveal(1, true, 0, region: false));

        Assert.NotNull(Button(tile, "Show larger"));
    }

    [Fact]
    public void WithoutThePermission_NothingIsOffered()
    {
        IRenderedComponent<GatedMedia> tile = Render<GatedMedia>(parameters => parameters.Add(part => part.Media, _media));

        Assert.Empty(tile.FindAll("button"));
    }

    private static RevealResult Granted(Guid reveal, string type, MediaStep? next, string? nextType) =>
        new(RevealOutcome.Revealed, reveal, DeskCases.Now, type, next, nextType);

    private static IElement Button(IRenderedComponent<GatedMedia> tile, string name) =>
        tile.FindAll("button").Single(button => button.TextContent.Trim().StartsWith(name, StringComparison.Ordinal));

    private IRenderedComponent<GatedMedia> RenderTile(DeskMedia? media = null) => Render<GatedMedia>(parameters => parameters
        .Add(part => part.Media, media ?? _media).Add(part => part.Task, new DrawnTask(7, 3)).Add(part => part.MayReveal, true).Add(part => part.Selected, true));
}
