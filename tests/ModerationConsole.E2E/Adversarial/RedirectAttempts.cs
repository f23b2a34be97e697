using System.Net;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Addresses that would lead someone who signs in to another site, or write headers of their own.</summary>
[Collection(Attacks.Name)]
public sealed class RedirectAttempts(Target target)
{
    private static readonly Dictionary<string, string> s_addresses = new(StringComparer.Ordinal)
    {
        ["another site"] = "https://elsewhere.example/",
        ["another site without a scheme"] = "//elsewhere.example/",
        ["another site behind three slashes"] = "///elsewhere.example/",
        ["another site behind a backslash"] = "/\\elsewhere.example/",
        ["another site behind two backslashes"] = "\\\\elsewhere.example/",
        ["another site behind a tab"] = "/\t/elsewhere.example/",
        ["another site behind a line's end"] = "/\n/elsewhere.example/",
        ["another site behind a carriage return"] = "/\r/elsewhere.example/",
        ["another site behind a zero byte"] = "/\0/elsewhere.example/",
        ["another site behind a space"] = " //elsewhere.example/",
        ["another site behind a slash that is none"] = "/\u2215/elsewhere.example/",
        ["another site as a user name"] = "http://localhost@elsewhere.example/",
        ["another site as an ending"] = "localhost.elsewhere.example",
        ["another site in capitals"] = "HTTPS://ELSEWHERE.EXAMPLE/",
        ["another site without slashes"] = "https:elsewhere.example",
        ["a script"] = "javascript:alert(1)",
        ["a script behind a line's end"] = "java\nscript:alert(1)",
        ["a script in capitals"] = "JaVaScRiPt:alert(1)",
        ["a page of data"] = "data:text/html,<script>alert(1)</script>",
        ["a file"] = "file:///etc/passwd",
        ["a header of its own"] = "/\r\nSet-Cookie: planted=1",
        ["an encoded header of its own"] = "/%0d%0aSet-Cookie:%20planted=1",
        ["the way out again"] = "/account/logout",
        ["the form again"] = "/account/login?returnUrl=/account/login",
    };

    /// <summary>Where a stranger is sent to the form from, which the form's address then repeats.</summary>
    private static readonly Dictionary<string, string> s_asked = new(StringComparer.Ordinal)
    {
        ["a line's end in the path"] = "/cases%0d%0aSet-Cookie:%20planted=1",
        ["a line's end in the query"] = "/cases?q=%0d%0aSet-Cookie:%20planted=1",
        ["a line's end of another alphabet"] = "/cases?q=%E5%98%8D%E5%98%8ASet-Cookie:%20planted=1",
        ["a script in the path"] = "/cases/%3Cscript%3Ealert(1)%3C/script%3E",
        ["a script in the query"] = "/cases?q=%3Cscript%3Ealert(1)%3C/script%3E",
    };

    public static TheoryData<string> Addresses => [.. s_addresses.Keys];

    public static TheoryData<string> Asked => [.. s_asked.Keys];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task SigningIn_AskedToLeadSomewhereElse_StaysHere(string attempt)
    {
        using HttpResponseMessage answer = await target.SignInAsync(target.Scene.People[0], Support.Scene.Password, s_addresses[attempt]);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Uri led = new(target.Address, answer.Headers.Location!);
        Assert.Equal(target.Address.Authority, led.Authority);
        Assert.Equal("http", led.Scheme);
        Assert.DoesNotContain(answer.Headers.GetValues("Set-Cookie"), set => set.Contains("planted", StringComparison.Ordinal));
        Assert.False(led.AbsolutePath.StartsWith("/account", StringComparison.Ordinal), led.AbsolutePath);
    }

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task Stranger_SentToTheForm_WritesNothingIntoItsAnswer(string attempt)
    {
        using HttpResponseMessage sent = await target.SendAsync(HttpMethod.Get, s_asked[attempt]);
        if (sent.StatusCode == HttpStatusCode.BadRequest)
        {
            return;
        }

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.DoesNotContain(sent.Headers, header => string.Join("", header.Value).Contains('\n', StringComparison.Ordinal));
        using HttpResponseMessage form = await target.SendAsync(HttpMethod.Get, sent.Headers.Location!.PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        Assert.DoesNotContain("<script>alert", await form.Content.ReadAsStringAsync(Cancel), StringComparison.OrdinalIgnoreCase);
        Assert.False(form.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) && cookies.Any(cookie => cookie.StartsWith("planted", StringComparison.Ordinal)));
    }
}
