using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Intake;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>What a person finds around a case, and how they read it.</summary>
public sealed class ContextTests(ConsoleFixture console)
{
    private const string Words = "Cheap followers for everyone who asks";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Case_OfAnAuthorWithAPast_TellsWhatWasDecidedAndWhoReports()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string first = await scene.PostAsync(Words, author: $"u-{scene.Name}");
        await scene.ReportAsync(first, Words, "spam", author: $"u-{scene.Name}");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        Assert.Null(await desk.FindViolationAsync());
        string second = await scene.PostAsync(Words.ToUpperInvariant(), author: $"u-{scene.Name}");
        await desk.Case.WaitForAsync();
        await scene.ReportAsync(second, Words.ToUpperInvariant(), "He wrote “followers for everyone” again", author: $"u-{scene.Name}");

        await Assertions.Expect(desk.Case.Locator(".why")).ToContainTextAsync("1 person reported it");
        await Assertions.Expect(desk.Case.Locator("mark")).ToHaveTextAsync("FOLLOWERS FOR EVERYONE");
        await Assertions.Expect(desk.Context).ToContainTextAsync("upheld");
        await Assertions.Expect(desk.Context).ToContainTextAsync("Same content before (1)");
        await Assertions.Expect(desk.Context).ToContainTextAsync("The same words");
        ILocator past = desk.Context.Locator(".past");
        await past.Locator("summary").FocusAsync();
        await desk.PressAsync("Enter");
        await Assertions.Expect(past.GetByRole(AriaRole.Link)).ToContainTextAsync("Violation · Spam 1.1");
        // The list is walked by Tab.
        await desk.PressAsync("Tab");
        await Assertions.Expect(past.GetByRole(AriaRole.Link)).ToBeFocusedAsync();

        await desk.ChooseViolationAsync();
        await desk.Decision.GetByText("What 1.1 says · version 1").ClickAsync();
        await Assertions.Expect(desk.Decision.Locator(".policy-text")).ToContainTextAsync("No spam.");
    }

    [Fact]
    public async Task Comment_AddedAtTheDesk_StaysAndOneThatIsBegunOutlivesThePage()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Something to talk about");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        ILocator field = desk.Context.GetByLabel("Add a comment");

        await field.FillAsync("Looks like the wave of last week");
        await desk.Context.GetByRole(AriaRole.Button, new() { Name = "Add comment" }).ClickAsync();
        await Assertions.Expect(desk.Context.Locator(".comments .quote")).ToHaveTextAsync("Looks like the wave of last week");
        await Assertions.Expect(field).ToHaveValueAsync("");
        await field.FillAsync("Half a thou");
        await field.BlurAsync();
        await desk.AnsweredAsync();
        await Assertions.Expect(desk.Page.GetByText("All text saved")).ToBeVisibleAsync();
        await desk.Page.ReloadAsync();
        await desk.Page.ReadyAsync();

        await Assertions.Expect(field).ToHaveValueAsync("Half a thou");
        await Assertions.Expect(desk.Context.Locator(".comments .quote")).ToHaveTextAsync("Looks like the wave of last week");

        // What is begun goes with the decision.
        await desk.AllowAsync();
        await scene.UntilAsync(db => db.Set<CaseComment>().AnyAsync(row => row.Text == "Half a thou", Cancel));
    }

    [Fact]
    public async Task Evidence_WalkedByKeys_IsMarkedAndComesIntoView()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await GiveFieldsAsync(scene);
        string filler = string.Concat(Enumerable.Repeat("a word and another ", 400));
        string text = $"{filler}I will find you tonight. {filler}";
        string id = await SendAsync(scene, new { text, said = string.Join("\n", Enumerable.Repeat("a line that is spoken", 60)), link = "https://example.net/where-it-leads" });
        await ReportAsync(scene, id, "It says “find you tonight”");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);

        // Folded around what the report quotes.
        await Assertions.Expect(desk.Case.Locator("mark")).ToHaveTextAsync("find you tonight");
        await Assertions.Expect(desk.Case.Locator("mark")).ToBeInViewportAsync();
        await desk.Case.GetByRole(AriaRole.Button, new() { NameRegex = new("^Show what stands before") }).ClickAsync();
        await Assertions.Expect(desk.Case.Locator("#evidence-text-0 .post-text")).ToContainTextAsync(filler[..200]);

        foreach ((string key, string stop) in new[] { ("j", "evidence-text-0"), ("j", "evidence-text-1"), ("j", "evidence-facts"), ("j", "evidence-facts"), ("k", "evidence-text-1") })
        {
            await desk.PressAsync(key);
            ILocator shown = desk.Page.Locator($"#{stop}");
            await Assertions.Expect(shown).ToBeFocusedAsync();
            await Assertions.Expect(shown).ToHaveAttributeAsync("data-at", "");
            await Assertions.Expect(shown).ToBeInViewportAsync();
        }

        await Assertions.Expect(desk.Case.GetByRole(AriaRole.Group, new() { Name = "Transcript" })).ToBeVisibleAsync();
        await Assertions.Expect(desk.Case.Locator("#evidence-facts")).ToContainTextAsync("https://example.net/where-it-leads");
        await Assertions.Expect(desk.Case.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Slurs_ForSomeoneWhoWantsThemCovered_AreShownByPointerAndFocusOnly()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync($"You {ConsoleFixture.CoveredWord}, go away");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        await Assertions.Expect(desk.Case).ToContainTextAsync(ConsoleFixture.CoveredWord);
        await Assertions.Expect(desk.Case.Locator(".masked")).ToHaveCountAsync(0);

        IPage settings = await browser.OpenAsync("/account/settings");
        await settings.GetByLabel("Cover slurs until I point at them").CheckAsync();
        await Assertions.Expect(settings.Status()).ToHaveTextAsync("Saved.");
        await desk.Page.BringToFrontAsync();

        ILocator covered = desk.Case.GetByRole(AriaRole.Img, new() { Name = "Covered word" });
        await Assertions.Expect(covered).ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");
        // Still text: it can be selected and copied.
        Assert.Equal(ConsoleFixture.CoveredWord, await covered.EvaluateAsync<string>("word => { getSelection().selectAllChildren(word); return getSelection().toString(); }"));
        await covered.FocusAsync();
        await Assertions.Expect(covered).Not.ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");
        await Assertions.Expect(covered).ToHaveAttributeAsync("aria-description", ConsoleFixture.CoveredWord);
        await covered.BlurAsync();
        await Assertions.Expect(covered).ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");
        await covered.HoverAsync();
        await Assertions.Expect(covered).Not.ToHaveCSSAsync("color", "rgba(0, 0, 0, 0)");
    }

    [Theory]
    [InlineData(390, 844)]
    [InlineData(720, 450)]
    public async Task ArabicCase_OnANarrowOrEnlargedPage_ReadsFromTheRightAndFits(int width, int height)
    {
        Scene scene = await Scene.SetAsync(console.App);
        string id = await scene.PostAsync("هذا المنتج يشفي كل الأمراض خلال أسبوع، أرسلوا المبلغ الآن", author: $"u-{scene.Name}");
        await scene.ReportAsync(id, "هذا المنتج يشفي كل الأمراض خلال أسبوع، أرسلوا المبلغ الآن", "كذب", author: $"u-{scene.Name}");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0], options: new() { ViewportSize = new() { Width = width, Height = height } });
        Desk desk = await Desk.StartAsync(browser, scene);

        ILocator evidence = desk.Case.Locator(".post-text").First;
        Assert.Equal("rtl", await DirectionAsync(evidence));
        if (width >= 700)
        {
            await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Context", Exact = true }).ClickAsync();
        }
        else
        {
            await desk.Decision.GetByRole(AriaRole.Button, new() { NameRegex = new("^Decision") }).ClickAsync();
        }

        Assert.Equal("rtl", await DirectionAsync(desk.Context.Locator(".quote").First));
        await desk.Reason.FillAsync("مخالف للقواعد");
        Assert.Equal("rtl", await DirectionAsync(desk.Reason));
        Assert.False(await desk.Page.EvaluateAsync<bool>("() => document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"));
    }

    private static Task<string> DirectionAsync(ILocator text) => text.EvaluateAsync<string>("element => getComputedStyle(element).direction");

    // A type with more to read than a text.
    private static Task GiveFieldsAsync(Scene scene) => scene.WriteAsync(async scope =>
    {
        ItemType type = await scope.Db.Set<ItemType>().SingleAsync(row => row.Id == scene.Name);
        type.Fields = ItemSchema.Write(
        [
            new ItemField("text", FieldType.String), new ItemField("said", FieldType.String, Role: FieldRole.Transcript),
            new ItemField("link", FieldType.Url, Role: FieldRole.Url),
        ]);
    });

    private async Task<string> SendAsync(Scene scene, object data)
    {
        string id = $"p-{Guid.CreateVersion7():N}";
        ItemsOutcome sent = await console.App.Services.GetRequiredService<AcceptItems>().RunAsync(
            Caller.System, [new ItemSubmission(JsonSerializer.SerializeToElement(new { id, typeId = scene.Name, data }))], CaseSource.Item, null, Cancel);
        Assert.Equal(IntakeAnswer.Accepted, sent.Answer);
        return id;
    }

    private static Task ReportAsync(Scene scene, string itemId, string reason) => scene.WriteAsync(async scope =>
    {
        long number = await (
            from about in scope.Db.Set<Case>()
            join item in scope.Db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
            where item.ItemId == itemId
            select about.Number).SingleAsync();
        scope.Db.Add(new Report { CaseNumber = number, ReporterTypeId = "account", ReporterId = "u-9", Reason = reason, ReportedAt = scope.Now, ReceivedAt = scope.Now });
    });
}
