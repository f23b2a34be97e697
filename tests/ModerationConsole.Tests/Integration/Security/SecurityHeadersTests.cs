using System.Net;
using System.Text.RegularExpressions;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Security;

public sealed partial class SecurityHeadersTests(SignInPageTests.Running running) : IClassFixture<SignInPageTests.Running>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WebConsole Console => running.Console;

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/health/live")]
    [InlineData("/css/app.css")]
    [InlineData("/api/v1/policies/")]
    public async Task Answer_OfAnyKind_KeepsToItself(string path)
    {
        using Visitor visitor = new(Console);

        using HttpResponseMessage response = await visitor.GetAsync(path);

        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", Header(response, "Permissions-Policy"), StringComparison.Ordinal);
        string policy = Header(response, "Content-Security-Policy");
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("img-src 'self';", policy, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task ScriptPolicy_OfEachAnswer_HasANonceOfItsOwnThatThePageCarries()
    {
        (Visitor visitor, _) = await Visitor.SignedInAsync(Console, Roles.Moderator);
        using Visitor signedIn = visitor;

        (string nonce, string page) = await AskAsync();
        (string another, _) = await AskAsync();

        Assert.NotEqual(nonce, another);
        string[] scripts = [.. Scripts().Matches(page).Select(match => match.Value)];
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.Contains($"nonce=\"{nonce}\"", WebUtility.HtmlDecode(script), StringComparison.Ordinal));
        // Nothing of a page stands in static HTML: it is drawn on the circuit, once.
        Assert.DoesNotContain("<h1", page, StringComparison.Ordinal);

        async Task<(string Nonce, string Page)> AskAsync()
        {
            using HttpResponseMessage response = await signedIn.GetAsync("/");
            Match match = Nonce().Match(Header(response, "Content-Security-Policy"));
            Assert.True(match.Success);
            return (match.Groups["nonce"].Value, await response.Content.ReadAsStringAsync(Cancel));
        }
    }

    [Theory]
    [InlineData("http://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("own", HttpStatusCode.OK)]
    public async Task Circuit_AskedForByAnotherSitesPage_IsRefused(string? origin, HttpStatusCode expected)
    {
        (Visitor visitor, _) = await Visitor.SignedInAsync(Console, Roles.Moderator);
        using Visitor signedIn = visitor;
        using HttpRequestMessage request = new(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "own" ? signedIn.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin);
        }

        using HttpResponseMessage response = await signedIn.Client.SendAsync(request, Cancel);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("/", HttpStatusCode.Redirect)]
    [InlineData("/account", HttpStatusCode.Redirect)]
    [InlineData("/api/v1/policies/", HttpStatusCode.Unauthorized)]
    [InlineData("/_blazor/negotiate", HttpStatusCode.Unauthorized)]
    public async Task Stranger_Anywhere_IsSentToSignInOrRefused(string path, HttpStatusCode expected)
    {
        using Visitor stranger = new(Console);
        using HttpRequestMessage request = new(path.StartsWith("/_blazor", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);

        using HttpResponseMessage response = await stranger.Client.SendAsync(request, Cancel);

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.Redirect)
        {
            Assert.StartsWith("/account/login?returnUrl=", response.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Keys_OfTheCookies_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        string folder = Path.Combine(Console.DataDirectory, "keys");
        string[] files = Directory.GetFiles(folder);

        Assert.NotEmpty(files);
        const UnixFileMode others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (string path in (string[])[folder, .. files])
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & others);
        }
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? Assert.Single(values) : "";

    [GeneratedRegex("script-src 'self' 'nonce-(?<nonce>[^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Scripts();
}
