using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.Queues;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>How a person wants media shown holds however they look at it.</summary>
public sealed partial class MediaLooksTests(ConsoleFixture console)
{
    private const string FilterOf = "element => getComputedStyle(element).filter";

    private const string AskedOnlyOnce = """
        async (id) => {
            const media = await import('/js/media.js');
            media.preload([id]);
            const url = new URL(`media/${id}/0`, document.baseURI).href;
            const asked = () => performance.getEntriesByName(url).length;
            while (asked() === 0) await new Promise((done) => setTimeout(done, 20));
            const still = Object.assign(document.createElement('img'), { src: url });
            const atOnce = still.complete;
            document.body.append(still);
            await still.decode();
            return [atOnce, asked()];
        }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Choices_Saved_SurviveReloadAndHoldWhileAVideoPlaysInZoomAndFullScreen()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.ShowAsync(await scene.PostAsync("Something"), MediaKind.Video);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage settings = await browser.OpenAsync("/account/media");
        ILocator all = settings.GetByRole(AriaRole.Group, new() { Name = "All media", Exact = true });
        await all.GetByLabel("Colour", new() { Exact = true }).SelectOptionAsync("Sepia");
        await all.GetByLabel("Blur that stays").FillAsync("4");
        await settings.PressAsync("Save");
        await Assertions.Expect(settings.Status()).ToHaveTextAsync("Saved.");
        await settings.ReloadAsync();
        await settings.ReadyAsync();
        await Assertions.Expect(all.GetByLabel("Colour", new() { Exact = true })).ToHaveValueAsync("Sepia");
        await Assertions.Expect(all.GetByLabel("Blur that stays")).ToHaveValueAsync("4");
        await settings.CloseAsync();

        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();
        await desk.MediaReadyAsync();
        ILocator still = desk.Page.Locator("[data-media-jump]").Nth(4);
        await still.ClickAsync();
        await desk.PressAsync("Shift+R");
        await ExpectFilteredAsync(desk.Page.Locator("[data-media-clear] img"));
        await desk.Button("Show the clip").ClickAsync();
        ILocator video = desk.Page.Locator("[data-media-clear] video");
        Assert.Equal([true, true, "none", false], await video.EvaluateAsync<object[]>("video => [video.paused, video.muted, video.preload, video.autoplay]"));
        await desk.PressAsync("p");
        double start = double.Parse((await still.GetAttributeAsync("data-media-jump"))!, CultureInfo.InvariantCulture);
        await desk.Page.WaitForFunctionAsync("start => document.querySelector('video').currentTime > start", start);
        double inTile = await ExpectFilteredAsync(video);

        await desk.Button("Enlarge").ClickAsync();
        await Assertions.Expect(desk.Page.Locator(".tile[data-zoom]")).ToHaveCountAsync(1);
        await desk.PressAsync("l");
        await Assertions.Expect(desk.Page.Locator(".tile[data-zoom]")).ToHaveCountAsync(0);
        await desk.PressAsync("l");
        await Assertions.Expect(desk.Page.Locator(".tile[data-zoom]")).ToHaveCountAsync(1);
        double inZoom = await ExpectFilteredAsync(video);
        await desk.PressAsync("f");
        await desk.Page.WaitForFunctionAsync("() => document.fullscreenElement?.matches('.tile')");
        double inFullScreen = await ExpectFilteredAsync(video);

        // A share of what is seen: as strong on a large picture as on a small one.
        Assert.True(inTile < inZoom && inZoom < inFullScreen, $"{inTile}, {inZoom}, {inFullScreen}");
    }

    [Fact]
    public async Task Region_UnderThePointerOrTheArrows_IsAllThatLeavesTheServer()
    {
        Scene scene = await Scene.SetAsync(console.App);
        Guid media = await scene.ShowAsync(await scene.PostAsync("Something"));
        await scene.ChoiceAsync(scene.People[0], new MediaPreferences { Reveal = RevealMode.Region });
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        ConcurrentBag<string> asked = Above(browser);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();
        await desk.MediaReadyAsync();
        ILocator region = desk.Page.Locator(".region");
        ILocator tile = desk.Page.Locator(".region-tile");

        await desk.PressAsync("Shift+R");
        await ExpectAtAsync(region, "1 1");
        await desk.PressAsync("ArrowRight");
        await ExpectAtAsync(region, "2 1");
        LocatorBoundingBoxResult box = (await region.BoundingBoxAsync())!;
        await desk.Page.Mouse.MoveAsync(box.X + (box.Width / 8), box.Y + (box.Height * 7 / 8));
        await ExpectAtAsync(region, "0 3");
        await Assertions.Expect(tile).ToHaveCountAsync(1);
        await desk.Page.WaitForFunctionAsync("() => { const tile = document.querySelector('.region-tile'); return tile.complete && tile.naturalWidth > 0; }");
        Assert.InRange((await tile.BoundingBoxAsync())!.Width, 1, (box.Width / 4) + 1);
        await desk.PressAsync("Escape");
        await Assertions.Expect(region).ToHaveCountAsync(0);

        Assert.NotEmpty(asked);
        Assert.All(asked, path => Assert.Matches(Tile(), path));
        MediaReveal reveal = await scene.ReadAsync(db => db.Set<MediaReveal>().SingleAsync(row => row.MediaId == media && row.TaskNumber != null
            && db.Set<ReviewTask>().Any(task => task.Number == row.TaskNumber && task.QueueId == scene.Queue.Id), Cancel));
        Assert.True(MediaFilters.IsByRegion(reveal.Filters));
    }

    [Fact]
    public async Task Nobody_AtThePage_MediaIsHiddenAgain()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.ShowAsync(await scene.PostAsync("Something"));
        await scene.ChoiceAsync(scene.People[0], new MediaPreferences { ReblurSeconds = 10 });
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        await browser.Clock.InstallAsync();
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();
        await desk.MediaReadyAsync();
        await desk.PressAsync("Shift+R");
        ILocator open = desk.Page.Locator(".tile[data-open]");
        await Assertions.Expect(open).ToHaveCountAsync(1);

        // From here on only the test moves the page's clock.
        double now = await desk.Page.EvaluateAsync<double>("() => Date.now()");
        await browser.Clock.PauseAtAsync(DateTimeOffset.FromUnixTimeMilliseconds((long)now + 500).UtcDateTime);
        if (await open.CountAsync() == 0)
        {
            await desk.PressAsync("Shift+R");
            await Assertions.Expect(open).ToHaveCountAsync(1);
        }

        await desk.Page.Mouse.MoveAsync(200, 200);
        await browser.Clock.FastForwardAsync(8_000);
        await desk.Page.Mouse.MoveAsync(220, 220);
        await browser.Clock.FastForwardAsync(8_000);
        await Assertions.Expect(open).ToHaveCountAsync(1);
        await browser.Clock.FastForwardAsync(12_000);

        await Assertions.Expect(open).ToHaveCountAsync(0);
        await Assertions.Expect(desk.Page.Status()).ToHaveTextAsync("Hidden: nothing moved for a while");
    }

    [Fact]
    public async Task Choices_ThatCannotBeRead_AreTheStrictest()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.ShowAsync(await scene.PostAsync("Something"));
        await scene.ChoiceAsync(scene.People[0], new MediaPreferences { Blur = -1 });
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        ConcurrentBag<string> asked = Above(browser);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();
        await desk.MediaReadyAsync();
        Assert.InRange((await desk.Page.Locator("[data-media-still]").BoundingBoxAsync())!.Width, 1, MediaPreferences.LeastThumbnail);

        await desk.PressAsync("Shift+R");

        ILocator tile = desk.Page.Locator(".region-tile");
        await tile.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        string filter = await tile.EvaluateAsync<string>(FilterOf);
        Assert.StartsWith("grayscale(1) blur(", filter, StringComparison.Ordinal);
        Assert.InRange(Blur(filter), 10, double.MaxValue);
        Assert.All(asked, path => Assert.Matches(Tile(), path));
    }

    [Fact]
    public async Task Desk_LeftWithTheCaseInHand_ClosesWhatWasRevealed()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.ShowAsync(await scene.PostAsync("Something"));
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        long task = await desk.DrawnAsync();
        await desk.MediaReadyAsync();
        await desk.PressAsync("Shift+R");
        await Assertions.Expect(desk.Page.Locator(".tile[data-open]")).ToHaveCountAsync(1);

        await desk.Page.EvaluateAsync("() => Blazor.navigateTo('/account/settings')");

        await scene.UntilAsync(db => db.Set<MediaReveal>().Where(row => row.TaskNumber == task)
            .Join(db.Set<MediaRevealEnd>(), reveal => reveal.Id, end => end.RevealId, (reveal, end) => end.Cause).AnyAsync(cause => cause == MediaHideCause.Hidden, Cancel));
        Assert.True(await scene.ReadAsync(db => db.Set<ActiveLease>().AnyAsync(lease => lease.TaskNumber == task, Cancel)));
    }

    [Fact]
    public async Task NextCase_DrawnAhead_HasItsStillFetchedAndNothingAbove()
    {
        Scene scene = await Scene.SetAsync(console.App);
        Guid[] media = [await scene.ShowAsync(await scene.PostAsync("One")), await scene.ShowAsync(await scene.PostAsync("Two"), which: 1)];
        // The last one that waits is never put aside.
        await scene.PostAsync("Three");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        ConcurrentBag<string> asked = Above(browser);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();
        await scene.UntilAsync(db => db.Set<ActiveLease>().AnyAsync(
            lease => lease.Slot == LeaseSlot.Spare && db.Set<ReviewTask>().Any(task => task.Number == lease.TaskNumber && task.QueueId == scene.Queue.Id), Cancel));

        await desk.Page.WaitForFunctionAsync(
            "ids => ids.every((id) => performance.getEntriesByType('resource').some((entry) => entry.name.endsWith(`/media/${id}/0`)))", media.Select(id => id.ToString()).ToArray());

        // Only the one is on the page.
        await Assertions.Expect(desk.Page.Locator("[data-media-still]")).ToHaveCountAsync(1);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task Still_FetchedAhead_IsDrawnWithoutAskingAgain()
    {
        Scene scene = await Scene.SetAsync(console.App);
        Guid media = await scene.ShowAsync(await scene.PostAsync("Something"));
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.OpenAsync("/account/settings");

        object[] found = await page.EvaluateAsync<object[]>(AskedOnlyOnce, media.ToString());

        Assert.Equal("True 1", string.Join(' ', found));
    }

    private static ConcurrentBag<string> Above(IBrowserContext browser)
    {
        ConcurrentBag<string> asked = [];
        browser.Request += (_, request) =>
        {
            if (AboveStill().IsMatch(request.Url))
            {
                asked.Add(new Uri(request.Url).PathAndQuery);
            }
        };
        return asked;
    }

    private static Task ExpectAtAsync(ILocator region, string place) => Assertions.Expect(region).ToHaveAttributeAsync("data-at", place);

    // The blur in pixels, which depends on how large it is drawn.
    private static async Task<double> ExpectFilteredAsync(ILocator picture)
    {
        string filter = await picture.EvaluateAsync<string>(FilterOf);
        Assert.StartsWith("sepia(1) blur(", filter, StringComparison.Ordinal);
        double blur = Blur(filter);
        Assert.InRange(blur, 1, double.MaxValue);
        return blur;
    }

    private static double Blur(string filter) => double.Parse(BlurOf().Match(filter).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"blur\(([0-9.]+)px\)")]
    private static partial Regex BlurOf();

    [GeneratedRegex("/media/[^/]+/[1-9]")]
    private static partial Regex AboveStill();

    [GeneratedRegex("^/media/[0-9a-f-]{36}/1\\?reveal=[0-9a-f-]{36}&x=[0-3]&y=[0-3]$")]
    private static partial Regex Tile();
}
