using System.Diagnostics;
using System.Net;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Tests.Integration.Hosting;

/// <summary>The files that a team starts from are such as the programs that read them accept.</summary>
public sealed class DeploymentFileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compose_OfTwoNodes_IsAccepted()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/docker-compose"), "No docker-compose on this machine; install the package docker-compose.");

        (int code, string said) = await RunAsync("docker-compose", ["-f", Path.Combine(Sources.Root, ".config/compose.yaml"), "config", "-q"], ("POSTGRES_PASSWORD", "secret"));

        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task Compose_WithoutAPassword_IsRefused()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/docker-compose"), "No docker-compose on this machine; install the package docker-compose.");

        (int code, string said) = await RunAsync("docker-compose", ["-f", Path.Combine(Sources.Root, ".config/compose.yaml"), "config", "-q"]);

        Assert.NotEqual(0, code);
        Assert.Contains("POSTGRES_PASSWORD", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_BetweenTwoNodes_IsAcceptedAndKeepsABrowserAtOne()
    {
        await using WebConsole first = await WebConsole.StartAsync();
        await using WebConsole second = await WebConsole.StartAsync();
        await using NginxProxy proxy = await NginxProxy.StartAsync(first.Client.BaseAddress!.Authority, second.Client.BaseAddress!.Authority);
        using HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(proxy.Address) };
        string cookie = await CookieAsync(browser);
        for (int count = 0; count < 8; count++)
        {
            await AskAsync(browser, cookie);
        }

        for (int count = 0; count < 24; count++)
        {
            await AskAsync(browser, $"{RouteCookie.Name}=other{count}");
        }

        using HttpResponseMessage figures = await browser.GetAsync(new Uri("/metrics", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, figures.StatusCode);

        string[] nodes = await proxy.AnsweredByAsync();
        Assert.Single(nodes[1..9].Distinct());
        Assert.Equal(2, nodes[9..33].Distinct().Count());
    }

    [Fact]
    public async Task RouteCookie_OfABrowser_IsGivenOnceAndNotToPrograms()
    {
        await using WebConsole console = await WebConsole.StartAsync();
        using HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = console.Client.BaseAddress };

        string cookie = await CookieAsync(browser);
        using HttpResponseMessage again = await AskAsync(browser, cookie);
        using HttpResponseMessage program = await console.GetAsync("policies/");

        Assert.Matches($"^{RouteCookie.Name}=[0-9a-f]{{16}}$", cookie);
        Assert.DoesNotContain(SetCookies(again), value => value.StartsWith(RouteCookie.Name, StringComparison.Ordinal));
        Assert.Empty(SetCookies(program));
    }

    private static async Task<string> CookieAsync(HttpClient browser)
    {
        using HttpResponseMessage answer = await AskAsync(browser, null);
        string set = SetCookies(answer).Single(value => value.StartsWith(RouteCookie.Name, StringComparison.Ordinal));
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
        return set.Split(';')[0];
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient browser, string? cookie)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/account/login");
        request.Headers.Add("Accept", "text/html");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await browser.SendAsync(request, Cancel);
    }

    private static IEnumerable<string> SetCookies(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? values) ? values : [];

    private static async Task<(int Code, string Said)> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment.Remove("POSTGRES_PASSWORD");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        // A server that stays keeps this end open; what it says before it goes to the background is a line at most.
        Task<string> said = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await Task.WhenAny(said, Task.Delay(TimeSpan.FromSeconds(2), limit.Token)) == said ? await said : "");
    }
}
