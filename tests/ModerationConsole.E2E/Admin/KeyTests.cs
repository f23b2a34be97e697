using System.Net;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Admin;

public sealed class KeyTests(ConsoleFixture console)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_IsShownOnceWorksUntilRevokedAndRevokingIsAsked()
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
        await page.PressAsync("Make the key");
        string key = await page.Field("The new key").InputValueAsync();

        Assert.StartsWith(ApiKeys.Start, key, StringComparison.Ordinal);
        ApiKey stored = await scene.ReadAsync(db => db.Set<ApiKey>().SingleAsync(row => row.Name == name, Cancel));
        Assert.Equal("ReadPolicies,ReadCases", stored.Scopes);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(key));
        await page.ReloadAsync();
        await Assertions.Expect(page.Row(name)).ToContainTextAsync("Read policies, Read cases and decisions");
        Assert.DoesNotContain(key, await page.ContentAsync(), StringComparison.Ordinal);

        await page.Row(name).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Row(name)).ToContainTextAsync("Revoked");
        Assert.Contains("This cannot be taken back.", Assert.Single(asked), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(key));
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
