using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Accessibility;

/// <summary>Forms that were sent empty: what is wrong is told in a summary that has the focus, and readably.</summary>
public sealed class FormScanTests(ConsoleFixture console)
{
    [Theory]
    [InlineData("admin@demo.local", "/admin/people/new", "Save")]
    [InlineData("admin@demo.local", "/admin/teams/new", "Save")]
    [InlineData("admin@demo.local", "/admin/keys", "Make the key")]
    [InlineData("admin@demo.local", "/admin/queues/new", "Save")]
    [InlineData("admin@demo.local", "/admin/types/new", "Save")]
    [InlineData("admin@demo.local", "/admin/actions/new", "Save")]
    [InlineData("expert@demo.local", "/policies/new", "Save draft")]
    public async Task Form_SentEmpty_FocusesItsProblemsAndHasNothingSerious(string person, string path, string button)
    {
        await using IBrowserContext browser = await console.BrowserAsync(person, ConsoleFixture.DemoPassword);
        IPage page = await browser.OpenAsync(path);

        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("#form-summary")).ToBeFocusedAsync();
        await page.AssertNothingSeriousAsync();
    }

    [Fact]
    public async Task SignIn_Refused_HasNothingSerious()
    {
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync("/account/login");
        await page.GetByLabel("Email").FillAsync("nobody@e2e.local");
        await page.GetByLabel("Password").FillAsync("not the password at all");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();

        await page.AssertNothingSeriousAsync();
    }
}
