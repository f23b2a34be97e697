using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>A page of another site in the browser of someone who is signed in.</summary>
public sealed class OtherSiteAttempts(ConsoleFixture console)
{
    private const string Elsewhere = "http://elsewhere.example/";

    [Fact]
    public async Task OtherSite_WithFramesFormsAndScripts_SeesAndChangesNothing()
    {
        Scene scene = await Scene.SetAsync(console.App);
        await using IBrowserContext browser = await console.BrowserAsync(scene.People[0]);
        string page = $$"""
            <!doctype html><iframe id="frame" src="{{console.App.Address}}/account"></iframe><object id="object" data="{{console.App.Address}}/account"></object>
            <iframe name="sink"></iframe>
            <form id="out" method="post" action="{{console.App.Address}}/account/logout" target="sink"><input name="_handler" value="sign-out-everywhere"></form>
            <img src="{{console.App.Address}}/account/logout?_handler=sign-out">
            <script>window.read = []; out.submit();
            for (const [path, how] of [['/account', { credentials: 'include' }], ['/api/v1/cases', { credentials: 'include' }], ['/quality/figures.csv', { credentials: 'include', mode: 'no-cors' }]])
                fetch('{{console.App.Address}}' + path, how).then(answer => answer.text()).then(text => read.push(text)).catch(() => read.push(''));
            const socket = new WebSocket('{{console.App.Address.Replace("http", "ws", StringComparison.Ordinal)}}/_blazor');
            socket.onopen = () => read.push('open'); socket.onerror = () => read.push('');</script>
            """;
        await browser.RouteAsync($"{Elsewhere}**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = page }));
        IPage other = await browser.NewPageAsync();
        await other.GotoAsync(Elsewhere);
        await other.WaitForFunctionAsync("() => window.read.length === 4");

        Assert.All(await other.EvaluateAsync<string[]>("() => window.read"), text => Assert.Equal("", text));
        Assert.All(other.Frames.Skip(1), frame => Assert.DoesNotContain(console.App.Address, frame.Url, StringComparison.Ordinal));
        // Its person is signed in as before.
        IPage own = await browser.OpenAsync("/my-shift");
        Assert.EndsWith("/my-shift", own.Url, StringComparison.Ordinal);
    }
}
