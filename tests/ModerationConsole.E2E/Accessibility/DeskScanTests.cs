using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Accessibility;

/// <summary>The review desk in each of its states.</summary>
public sealed class DeskScanTests(ConsoleFixture console)
{
    [Theory]
    [InlineData("Escalate", "Ask an expert")]
    [InlineData("Emergency", "Raise an emergency")]
    [InlineData("Child safety", "Mark as child safety")]
    [InlineData("Can't review", "Why can it not be reviewed?")]
    [InlineData("Move", "Move to another queue")]
    public async Task Question_OverACase_HasNothingSerious(string button, string title)
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Something");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();

        await desk.Button(button).ClickAsync();
        await desk.Dialog(title).WaitForAsync();

        await desk.Page.AssertNothingSeriousAsync();
    }

    [Fact]
    public async Task Case_WithReportsHistoryAndHostileText_HasNothingSerious()
    {
        Scene scene = await Scene.SetAsync(console.App);
        string id = await scene.PostAsync("<b>bold?</b> \u202Eright to left\u200B and a tower of words");
        await scene.ReportAsync(id, "<b>bold?</b> \u202Eright to left\u200B and a tower of words", "He threatens me");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.ChooseViolationAsync();

        await desk.Page.AssertNothingSeriousAsync();
    }

    [Fact]
    public async Task Submit_OfNothing_SaysSoReadably()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Something");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        await desk.DrawnAsync();

        await desk.Submit.ClickAsync();
        await Assertions.Expect(desk.Decision.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Choose Allow or Violation first.");

        await desk.Page.AssertNothingSeriousAsync();
    }

    [Fact]
    public async Task Desk_WaitingWithUndoThenKeysThenABreak_HasNothingSerious()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await scene.PostAsync("Something");
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        Desk desk = await Desk.StartAsync(browser, scene);
        Assert.Null(await desk.AllowAsync());

        await desk.Page.AssertNothingSeriousAsync();
        await desk.PressAsync("?");
        await desk.Dialog("Keys").WaitForAsync();
        await desk.Page.AssertNothingSeriousAsync();
        await desk.PressAsync("Escape");
        await desk.Button("Take a break").ClickAsync();
        await desk.Heading("You are on a break").WaitForAsync();
        await desk.Page.AssertNothingSeriousAsync();
    }

    [Fact]
    public async Task AccountMenuAndRail_Open_HaveNothingSerious()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        IPage page = await browser.OpenAsync("/cases");

        await page.GetByRole(AriaRole.Button, new() { Name = "account of" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign out", Exact = true }).WaitForAsync();
        await page.AssertNothingSeriousAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
        await page.AssertNothingSeriousAsync();
    }
}
