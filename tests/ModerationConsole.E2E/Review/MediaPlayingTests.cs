using ModerationConsole.Core.Media;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>Sound, speed and the way to reveal, as a person wants them.</summary>
public sealed class MediaPlayingTests(ConsoleFixture console)
{
    private const string Playing = "video => [video.paused, video.muted, video.playbackRate]";

    [Fact]
    public async Task SoundSpeedAndToggle_AsSaved_HoldForEachClip_AndTheKeyForSoundForTheOne()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.ShowAsync(await scene.PostAsync("Something"), MediaKind.Video);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage settings = await browser.OpenAsync("/account/media");
        ILocator all = settings.GetByRole(AriaRole.Group, new() { Name = "All media", Exact = true });
        await settings.GetByLabel("How you look").SelectOptionAsync(nameof(RevealMode.Toggle));
        await all.GetByLabel("Start without sound").UncheckAsync();
        await all.GetByLabel("Playing speed").SelectOptionAsync("150");
        await settings.PressAsync("Save");
        await Assertions.Expect(settings.Status()).ToHaveTextAsync("Saved.");
        await settings.CloseAsync();

        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();
        await desk.MediaReadyAsync();
        ILocator open = desk.Page.Locator(".tile[data-open]");
        // The key goes down and up again: from one press to the next.
        await desk.PressAsync("r");
        await Assertions.Expect(open).ToHaveCountAsync(1);
        await desk.PressAsync("r");
        await Assertions.Expect(open).ToHaveCountAsync(0);
        await desk.PressAsync("r");
        await desk.Button("Show the clip").ClickAsync();
        ILocator video = desk.Page.Locator("[data-media-clear] video");
        Assert.Equal("True False 1.5", string.Join(' ', await video.EvaluateAsync<object[]>(Playing)));

        await desk.PressAsync("p");
        await desk.Page.WaitForFunctionAsync("() => document.querySelector('video').currentTime > 0");
        await desk.PressAsync("m");
        await desk.Button("Sound on").WaitForAsync();
        Assert.Equal("False True 1.5", string.Join(' ', await video.EvaluateAsync<object[]>(Playing)));

        // What a key changed was for this look.
        await desk.PressAsync("Escape");
        await Assertions.Expect(open).ToHaveCountAsync(0);
        await desk.PressAsync("r");
        await desk.Button("Show the clip").ClickAsync();
        Assert.Equal("True False 1.5", string.Join(' ', await video.EvaluateAsync<object[]>(Playing)));
    }
}
