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
    private readonly DeskMedia _media = DeskCases.Media();

    public GatedMediaTests() => _reveals = Services.AddGatedMedia();

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

        MediaGrant? grant = await tile.InvokeAsync(() => tile.Instance.OnReveal(1, grey: true, blur: 2));

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
        await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0));
        Assert.NotNull(Button(tile, "Show in colour"));

        await tile.InvokeAsync(() => tile.Instance.OnReveal(2, false, 0));

        Assert.Equal([first], _reveals.Hidden);
        Assert.NotNull(Button(tile, "Show the original"));
    }

    [Fact]
    public async Task Hidden_ByThePage_IsToldAndOffersTheFirstStepAgain()
    {
        IRenderedComponent<GatedMedia> tile = RenderTile();
        Guid reveal = Guid.NewGuid();
        _reveals.Answers.Enqueue(Granted(reveal, "image/jpeg", MediaStep.Filtered, "image/jpeg"));
        await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0));

        await tile.InvokeAsync(() => tile.Instance.OnHidden(reveal));

        Assert.Equal([reveal], _reveals.Hidden);
        Assert.Equal(["1"], tile.FindAll("[data-media-step]").Select(button => button.GetAttribute("data-media-step")));
    }

    [Fact]
    public async Task ViewThatWasNotMade_IsSaidAndAnotherOffered()
    {
        IRenderedComponent<GatedMedia> tile = RenderTile();
        _reveals.Answers.Enqueue(new RevealResult(RevealOutcome.NotRendered, Next: MediaStep.Original, NextType: "audio/mpeg"));

        Assert.Null(await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0)));

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
        Assert.Null(await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0)));

        tile.Find("[data-media-reason='1']").Change("A complaint");
        Assert.NotNull(await tile.InvokeAsync(() => tile.Instance.OnReveal(1, false, 0)));

        Assert.Equal((12, "A complaint"), (_reveals.Asked[^1].CaseNumber!.Value, _reveals.Asked[^1].Reason));
        Assert.Empty(tile.FindAll("[data-media-reason]"));
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

    private IRenderedComponent<GatedMedia> RenderTile() => Render<GatedMedia>(parameters => parameters
        .Add(part => part.Media, _media).Add(part => part.Task, new DrawnTask(7, 3)).Add(part => part.MayReveal, true).Add(part => part.Selected, true));
}
