using System.Net;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Admin;

public sealed class KeyTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_IsShownOnceBoundedReplacedAndWorksUntilRevokedWhichIsAsked()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"admin@{scene.Name}.local", Roles.Admin));
        IPage page = await browser.OpenAsync("/admin/keys");
        List<string> asked = page.SayYes();
        string name = $"Staging <i>{scene.Name}</i>";

        await page.ExpectRefusalAsync("Make the key", "A name is needed");
        await page.Field("Name").FillAsync(name);
        await page.Field("Send items").UncheckAsync();
        await page.Field("Send reports").UncheckAsync();
        await page.Field("Ask for actions").UncheckAsync();
        await page.ExpectRefusalAsync("Make the key", "Choose how long the key works.");
        await page.Field("Works").SelectOptionAsync("90");
        await page.GetByLabel("Requests a second").FillAsync("20");
        await page.GetByLabel("Only from").FillAsync("127.0.0.1/8");
        await page.ExpectRefusalAsync("Make the key", "One of these is no network.");
        await page.GetByLabel("Only from").FillAsync("127.0.0.0/8 ::1");
        await page.PressAsync("Make the key");
        string key = await page.Field("The new key").InputValueAsync();

        Assert.StartsWith(ApiKeys.Start, key, StringComparison.Ordinal);
        ApiKey stored = await scene.ReadAsync(db => db.Set<ApiKey>().SingleAsync(row => row.Name == name, Cancel));
        Assert.Equal(("ReadPolicies,ReadCases", 20, "127.0.0.0/8, ::1/128"), (stored.Scopes, stored.RequestsPerSecond, stored.Networks));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(key));
        await page.ReloadAsync();
        await Assertions.Expect(page.Row(name)).ToContainTextAsync("Read policies, Read cases and decisions");
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await page.ExpectRefusalAsync("Make a successor", "Choose how long the key works.");
        await page.Field("The successor works").SelectOptionAsync("365");
        await page.PressAsync("Make a successor");
        string successor = await page.Field("The new key").InputValueAsync();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await AskAsync(key), await AskAsync(successor)));
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Keys of this line" })).ToContainTextAsync("Replaced, ends in 2");
        await page.GetByLabel("Only from").FillAsync("203.0.113.0/24");
        await page.PressAsync("Save");
        await Assertions.Expect(page.Status()).ToContainTextAsync("Saved");
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (await AskAsync(key), await AskAsync(successor)));
        await page.GetByRole(AriaRole.Link, new() { Name = "All keys" }).ClickAsync();

        await page.Row(name).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Row(name)).ToContainTextAsync("Revoked");
        Assert.Contains("This cannot be taken back.", Assert.Single(asked), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(successor));
    }

    [Fact]
    public async Task Key_WithoutAnythingItMayDo_IsNotMade()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(await scene.PersonAsync($"admin@{scene.Name}.local", Roles.Admin));
        IPage page = await browser.OpenAsync("/admin/keys");
        await page.Field("Name").FillAsync(scene.Name + " powerless");

        for (int left = await page.GetByRole(AriaRole.Checkbox, new() { Checked = true }).CountAsync(); left > 0; left--)
        {
            await page.GetByRole(AriaRole.Checkbox, new() { Checked = true }).First.UncheckAsync();
        }

        await page.ExpectRefusalAsync("Make the key", "Choose at least one.");
        Assert.False(await scene.ReadAsync(db => db.Set<ApiKey>().AnyAsync(row => row.Name == scene.Name + " powerless", Cancel)));
    }

    private async Task<HttpStatusCode> AskAsync(string key)
    {
        using HttpClient program = new() { BaseAddress = new Uri(console.App.Address) };
        program.DefaultRequestHeaders.Add("X-API-KEY", key);
        using HttpResponseMessage answer = await program.GetAsync(new Uri("/api/v1/policies/", UriKind.Relative), Cancel);
        return answer.StatusCode;
    }
}
