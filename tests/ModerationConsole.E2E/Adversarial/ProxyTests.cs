using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using ModerationConsole.E2E.Support;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>The console as it stands in production: behind nginx as the product ships it, with HTTPS in front.</summary>
public sealed partial class ProxyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BehindNginxWithHttps_APersonsWholeWay_IsSecureInEveryAnswer()
    {
        string data = Directory.CreateTempSubdirectory("console-e2e-https-").FullName;
        try
        {
            await GoAllTheWayAsync(data);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task GoAllTheWayAsync(string data)
    {
        // Filled with people by the demo, which there is in development only; then started as it is in production.
        await using (SeparateConsole demo = new(data, []))
        {
            await demo.InitializeAsync();
        }

        await using SeparateConsole console = new(data, ["--environment=Production", "--Demo:Enabled=false"]) { BehindProxy = true };
        await console.InitializeAsync();
        await using NginxProxy proxy = await NginxProxy.StartAsync(console.Authority, console.Authority, https: "console.example");
        Uri address = new($"https://console.example:{new Uri(proxy.Address).Port}/");
        using SocketsHttpHandler handler = Within(address.Port, proxy.Certificate!);
        using HttpMessageInvoker sockets = new(Within(address.Port, proxy.Certificate!));
        using HttpClient browser = new(handler) { BaseAddress = address };

        // The form, as a stranger gets it.
        using HttpResponseMessage form = await browser.GetAsync("/account/login", Cancel);
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        AssertSecure(form);
        Assert.All(Cookies(form), cookie => Assert.Matches("(?i); secure(;|$)", cookie));
        string formCookie = Assert.Single(Cookies(form), cookie => cookie.Contains("moderation-console-form", StringComparison.Ordinal));
        Assert.StartsWith("__Host-moderation-console-form=", formCookie, StringComparison.Ordinal);

        // Signing in: the session's cookie, and a way on that does not lead back to plain HTTP.
        using HttpResponseMessage signedIn = await SignInAsync(browser, form, formCookie);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        AssertSecure(signedIn);
        Assert.Equal("https", new Uri(address, signedIn.Headers.Location!).Scheme);
        string session = Assert.Single(Cookies(signedIn), cookie => cookie.StartsWith("__Host-moderation-console=", StringComparison.Ordinal));
        Assert.Matches("(?i); secure;.*httponly", session);
        Assert.DoesNotContain("domain=", session, StringComparison.OrdinalIgnoreCase);
        string cookie = session.Split(';')[0];

        // A page, a refusal, what is not there, and a stranger's way to the form.
        foreach ((string path, string? sent, HttpStatusCode expected) in new[]
        {
            ("/my-shift", cookie, HttpStatusCode.OK), ("/admin/people", cookie, HttpStatusCode.Redirect), ("/nothing", cookie, HttpStatusCode.NotFound),
            ("/my-shift", (string?)null, HttpStatusCode.Redirect), ("/css/app.css", null, HttpStatusCode.OK), ("/api/v1/cases", null, HttpStatusCode.Unauthorized),
            // A cookie that something outside HTTPS could have planted.
            ("/my-shift", cookie.Replace("__Host-", "", StringComparison.Ordinal), HttpStatusCode.Redirect),
        })
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Cookie", sent);
            using HttpResponseMessage answer = await browser.SendAsync(request, Cancel);
            Assert.True(expected == answer.StatusCode, $"{path}: {answer.StatusCode}");
            AssertSecure(answer);
        }

        // What watches over the nodes stays within, and requests that two servers could read differently stay without.
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/health/ready", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/metrics", Cancel)).StatusCode);

        // A circuit's socket over HTTPS, from this site's pages only.
        Uri circuit = new UriBuilder(address) { Scheme = "wss", Path = "/_blazor" }.Uri;
        using ClientWebSocket own = Socket(cookie, address.GetLeftPart(UriPartial.Authority));
        await own.ConnectAsync(circuit, sockets, Cancel);
        Assert.Equal(WebSocketState.Open, own.State);
        own.Abort();
        foreach (string origin in new[] { $"http://console.example:{address.Port}", "https://elsewhere.example" })
        {
            using ClientWebSocket other = Socket(cookie, origin);
            WebSocketException refusal = await Assert.ThrowsAsync<WebSocketException>(() => other.ConnectAsync(circuit, sockets, Cancel));
            Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertSecure(HttpResponseMessage answer)
    {
        Assert.Matches("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        // That it is nginx anyone may see; which one, nobody.
        Assert.Equal("nginx", string.Join(' ', answer.Headers.GetValues("Server")));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, HttpResponseMessage form, string formCookie)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/account/login")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = "sign-in",
                ["__RequestVerificationToken"] = Token().Match(await form.Content.ReadAsStringAsync(Cancel)).Groups["token"].Value,
                ["Input.Email"] = "moderator@demo.local",
                ["Input.Password"] = ConsoleFixture.DemoPassword,
            }),
        };
        request.Headers.TryAddWithoutValidation("Cookie", formCookie.Split(';')[0]);
        return await browser.SendAsync(request, Cancel);
    }

    private static string[] Cookies(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? [.. cookies] : [];

    private static ClientWebSocket Socket(string cookie, string origin)
    {
        ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", origin);
        return socket;
    }

    // The name is the test's own; the certificate is its own, too.
    private static SocketsHttpHandler Within(int port, X509Certificate2 trusted) => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        SslOptions = new()
        {
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { trusted } },
        },
        ConnectCallback = async (_, cancel) =>
        {
            Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)""")]
    private static partial Regex Token();
}
