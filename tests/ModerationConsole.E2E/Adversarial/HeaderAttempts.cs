using System.Net;
using System.Text;
using ModerationConsole.Core.People;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Whatever is answered, no other site can frame it, read it or guess what it is; and no header talks the console into something.</summary>
[Collection(Attacks.Name)]
public sealed class HeaderAttempts(Target target)
{
    private static readonly Dictionary<string, (HttpStatusCode Status, Func<Target, Task<HttpResponseMessage>> Ask)> s_answers = new(StringComparer.Ordinal)
    {
        ["a page"] = (HttpStatusCode.OK, async one => await one.SendAsync(HttpMethod.Get, "/", await one.CookieOfAsync(0))),
        ["a form"] = (HttpStatusCode.OK, one => one.SendAsync(HttpMethod.Get, "/account/login")),
        ["a redirect to the form"] = (HttpStatusCode.Redirect, one => one.SendAsync(HttpMethod.Get, "/cases")),
        ["a redirect to a refusal"] = (HttpStatusCode.Redirect, async one => await one.SendAsync(HttpMethod.Get, "/admin/people", await one.CookieOfAsync(0))),
        ["a refused form"] = (HttpStatusCode.BadRequest, one => one.SendAsync(HttpMethod.Post, "/account/login", content: new FormUrlEncodedContent([]))),
        ["a page that is not there"] = (HttpStatusCode.NotFound, async one => await one.SendAsync(HttpMethod.Get, "/nothing-here", await one.CookieOfAsync(0), headers: ("Accept", "text/html"))),
        ["nothing there"] = (HttpStatusCode.NotFound, async one => await one.SendAsync(HttpMethod.Get, "/nothing-here", await one.CookieOfAsync(0))),
        ["media that is refused"] = (HttpStatusCode.Forbidden, async one => await one.SendAsync(HttpMethod.Get, $"/media/{await MediaRun.AnyAsync(one)}/1", await one.CookieAsync(Roles.Lead))),
        ["media for a stranger"] = (HttpStatusCode.Unauthorized, async one => await one.SendAsync(HttpMethod.Get, $"/media/{await MediaRun.AnyAsync(one)}/0")),
        ["an answer to a program"] = (HttpStatusCode.OK, one => one.SendAsync(HttpMethod.Get, "/api/v1/cases", key: one.Key.Key)),
        ["a program without a key"] = (HttpStatusCode.Unauthorized, one => one.SendAsync(HttpMethod.Get, "/api/v1/cases")),
        ["a method that is not there"] = (HttpStatusCode.MethodNotAllowed, one => one.SendAsync(HttpMethod.Delete, "/api/v1/items", key: one.Key.Key)),
        ["a body of another type"] = (HttpStatusCode.UnsupportedMediaType, one => one.SendAsync(HttpMethod.Post, "/api/v1/items", key: one.Key.Key, content: new StringContent("x", Encoding.UTF8, "text/plain"))),
        ["a body that is too large"] = (HttpStatusCode.RequestEntityTooLarge, one => one.SendAsync(HttpMethod.Post, "/api/v1/items", key: one.Key.Key, content: new ByteArrayContent(new byte[11_000_000]) { Headers = { ContentType = new("application/json") } }, headers: ("Expect", "100-continue"))),
        ["a circuit from elsewhere"] = (HttpStatusCode.Forbidden, async one => await one.SendAsync(HttpMethod.Post, "/_blazor/negotiate", await one.CookieOfAsync(0), headers: ("Origin", "https://elsewhere.example"))),
        ["a style sheet"] = (HttpStatusCode.OK, one => one.SendAsync(HttpMethod.Get, "/css/app.css")),
        ["a script"] = (HttpStatusCode.OK, one => one.SendAsync(HttpMethod.Get, "/js/shell.js")),
        ["the page of the API"] = (HttpStatusCode.OK, one => one.SendAsync(HttpMethod.Get, "/api/index.html")),
        ["the API's document"] = (HttpStatusCode.OK, one => one.SendAsync(HttpMethod.Get, "/openapi/v1.json")),
        ["a sign of life"] = (HttpStatusCode.OK, one => one.SendAsync(HttpMethod.Get, "/health/live")),
        ["figures"] = (HttpStatusCode.OK, one => one.SendAsync(HttpMethod.Get, "/metrics")),
        ["an export"] = (HttpStatusCode.OK, async one => await one.SendAsync(HttpMethod.Get, "/quality/figures.csv", await one.CookieAsync(Roles.Lead))),
    };

    /// <summary>Headers with which other servers are talked into other addresses, methods, people or places.</summary>
    private static readonly Dictionary<string, (string Name, string Value)> s_talk = new(StringComparer.Ordinal)
    {
        ["another address"] = ("X-Original-URL", "/account/login"),
        ["another address by another name"] = ("X-Rewrite-URL", "/account/login"),
        ["another prefix"] = ("X-Forwarded-Prefix", "/account"),
        ["another method"] = ("X-HTTP-Method-Override", "OPTIONS"),
        ["another person"] = ("X-Forwarded-User", "admin@demo.local"),
        ["another person by another name"] = ("X-Remote-User", "admin@demo.local"),
        ["the machine itself"] = ("X-Forwarded-For", "127.0.0.1"),
        ["the machine itself by the standard's name"] = ("Forwarded", "for=127.0.0.1;proto=https;host=localhost"),
        ["a client certificate"] = ("X-Client-Cert", "MIIB"),
        ["a middleware that is done"] = ("x-middleware-subrequest", "middleware"),
    };

    public static TheoryData<string> Answers => [.. s_answers.Keys];

    public static TheoryData<string> Talk => [.. s_talk.Keys];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_OfAnyKind_CannotBeFramedReadOrGuessed(string attempt)
    {
        using HttpResponseMessage answer = await s_answers[attempt].Ask(target);

        Assert.Equal(s_answers[attempt].Status, answer.StatusCode);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-inline'", policy.Split(';').SingleOrDefault(part => part.Contains("script-src", StringComparison.Ordinal)) ?? "", StringComparison.Ordinal);
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Equal("require-corp", Assert.Single(answer.Headers.GetValues("Cross-Origin-Embedder-Policy")));
        Assert.False(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By") || answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [MemberData(nameof(Talk))]
    public async Task Header_ThatTalksOfSomethingElse_OpensNothing(string attempt)
    {
        using HttpResponseMessage page = await target.SendAsync(HttpMethod.Get, "/admin/people", await target.CookieOfAsync(0), headers: s_talk[attempt]);
        using HttpResponseMessage stranger = await target.SendAsync(HttpMethod.Get, "/api/v1/cases", headers: s_talk[attempt]);

        Assert.StartsWith("/account/denied", page.Headers.Location?.PathAndQuery ?? "", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Theory]
    [InlineData("https://elsewhere.example")]
    [InlineData("null")]
    [InlineData("http://localhost.elsewhere.example")]
    public async Task Preflight_OfAnotherSite_IsNotAnswered(string origin)
    {
        using HttpResponseMessage answer = await target.SendAsync(
            HttpMethod.Options, "/api/v1/items", headers: [("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "x-api-key")]);

        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }
}
