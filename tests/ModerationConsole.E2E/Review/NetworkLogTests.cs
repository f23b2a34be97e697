using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Media;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>What pages fetch of user-made media: the blurred still unasked, and more only after its reveal is in the audit.</summary>
public sealed partial class NetworkLogTests(ConsoleFixture console)
{
    public static TheoryData<string> People => ["moderator", "moderator2", "lead", "expert", "quality", "analyst", "auditor", "admin"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(People))]
    public async Task EveryPage_Opened_FetchesNothingAboveTheStill(string who)
    {
        await using IBrowserContext browser = await console.BrowserAsync($"{who}@demo.local", ConsoleFixture.DemoPassword);
        ConcurrentBag<string> pictures = [];
        browser.Response += (_, response) =>
        {
            if (response.Headers.TryGetValue("content-type", out string? type) && MediaType().IsMatch(type))
            {
                pictures.Add(new Uri(response.Url).PathAndQuery);
            }
        };
        IPage page = await browser.NewPageAsync();

        int opened = await PageWalk.RunAsync(page, console.App.Address);

        Assert.InRange(opened, 5, PageWalk.MostPages);
        Assert.DoesNotContain(pictures, path => !path.StartsWith("/_content/", StringComparison.Ordinal) && !path.StartsWith("/img/", StringComparison.Ordinal) && !Still().IsMatch(path));
    }

    [Fact]
    public async Task Reveal_ByKey_IsInTheAuditBeforeItsFirstByte()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string post = await scene.PostAsync("Something");
        await ShowDemoPictureAsync(scene, post);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        List<(IRequest Request, DateTimeOffset At)> above = [];
        browser.Request += (_, request) =>
        {
            if (Above().IsMatch(request.Url))
            {
                // By the clock that the audit goes by, not the browser's.
                above.Add((request, TimeProvider.System.GetUtcNow()));
            }
        };
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();
        ILocator still = desk.Page.Locator("[data-media-still]");
        await Assertions.Expect(still).ToHaveJSPropertyAsync("complete", true);
        await desk.MediaReadyAsync();
        Assert.Empty(above);

        await desk.PressAsync("Shift+R");
        ILocator picture = desk.Page.Locator("[data-media-clear] img");
        await Assertions.Expect(picture).ToHaveJSPropertyAsync("complete", true);
        await desk.Button("Show in colour").ClickAsync();
        await desk.Button("Show the original").ClickAsync();
        await Assertions.Expect(desk.Button("Show the original")).ToHaveCountAsync(0);
        await desk.Button("Hide").ClickAsync();
        await Assertions.Expect(picture).ToHaveCountAsync(0);

        Assert.Equal(3, above.Count);
        foreach ((IRequest request, DateTimeOffset at) in above)
        {
            Guid reveal = Guid.Parse(new Uri(request.Url).Query["?reveal=".Length..]);
            AuditEntry viewed = await ReadAsync(db => db.Set<AuditEntry>().SingleAsync(
                entry => entry.Act == AuditAct.MediaViewed && entry.Details.Contains(reveal.ToString()), Cancel));
            Assert.True(viewed.At <= at, $"Seen at {viewed.At:O}, asked for at {at:O}.");
        }

        await scene.UntilAsync(db => db.Set<MediaRevealEnd>().Where(end => end.Cause == MediaHideCause.Hidden)
            .Join(db.Set<MediaReveal>(), end => end.RevealId, reveal => reveal.Id, (end, reveal) => reveal.Step)
            .AnyAsync(step => step == MediaStep.Original, Cancel));
    }

    private async Task ShowDemoPictureAsync(Scene scene, string post)
    {
        await scene.UntilAsync(db => db.Set<MediaObject>().AnyAsync(row => row.Kind == MediaKind.Image && row.Ladder == LadderState.Ready, Cancel));
        Guid media = await ReadAsync(db => db.Set<MediaObject>().Where(row => row.Kind == MediaKind.Image && row.Ladder == LadderState.Ready).OrderBy(row => row.Id).Select(row => row.Id).FirstAsync(Cancel));
        await scene.WriteAsync(async scope =>
        {
            Guid version = await scope.Db.Set<Core.Cases.ItemVersion>().Where(row => row.ItemId == post).Select(row => row.Id).SingleAsync();
            scope.Db.Add(new Core.Cases.ItemMedia { ItemVersionId = version, MediaId = media, Field = "images" });
        });
    }

    private async Task<T> ReadAsync<T>(Func<ConsoleDbContext, Task<T>> read)
    {
        await using ConsoleDbContext db = await console.App.Services.GetRequiredService<IDbContextFactory<ConsoleDbContext>>().CreateDbContextAsync(Cancel);
        return await read(db);
    }

    [GeneratedRegex("^(image|video|audio)/")]
    private static partial Regex MediaType();

    [GeneratedRegex("^/media/[0-9a-f-]{36}/0$")]
    private static partial Regex Still();

    [GeneratedRegex("/media/[^/]+/[1-9]")]
    private static partial Regex Above();
}
