using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Tests.Integration.Security;

/// <summary>The second step of signing in, over real HTTP.</summary>
public sealed partial class SecondStepPageTests(SecondStepPageTests.Running running) : IClassFixture<SecondStepPageTests.Running>
{
    // Read anew each time: codes do not wait for a slow machine.
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WebConsole Console => running.Console;

    [Fact]
    public async Task SignIn_OfAnAccountWithASecondFactor_OpensOnlyAfterTheCode()
    {
        (string email, CodeApp app, _) = await WithFactorAsync();
        using Visitor visitor = new(Console);

        using HttpResponseMessage step = await visitor.SignInAsync(email, returnUrl: "/cases?status=open");
        Assert.Equal("/account/code", PathOf(step));
        Assert.Null(visitor.Cookies["moderation-console"]);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/")).StatusCode);
        using HttpResponseMessage wrong = await SendCodeAsync(visitor, "000000", step.Headers.Location!.ToString());
        Assert.Contains("This code is not right", await wrong.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using HttpResponseMessage right = await SendCodeAsync(visitor, app.CodeAt(Now), step.Headers.Location!.ToString());

        Assert.Equal("/cases?status=open", new Uri(Console.Client.BaseAddress!, right.Headers.Location!).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).StatusCode);
        string given = step.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith(SignInTickets.CookieName, StringComparison.Ordinal));
        Assert.Contains("samesite=strict", given, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", given, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Ticket_InAnotherBrowser_OpensNothing()
    {
        (string email, _, IReadOnlyList<string> codes) = await WithFactorAsync();
        using Visitor here = new(Console);
        (await here.SignInAsync(email)).Dispose();
        string cookie = here.Cookies[SignInTickets.CookieName]!.Value;
        using Visitor without = new(Console);
        using HttpClient other = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Console.Client.BaseAddress };

        Assert.Equal("/account/login", PathOf(await without.GetAsync("/account/code")));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(cookie, agent: null)).StatusCode);
        Assert.Equal("/account/login", PathOf(await AskAsync(cookie, "Another/1.0")));
        Assert.Equal(HttpStatusCode.Redirect, (await SendCodeAsync(here, codes[0])).StatusCode);

        async Task<HttpResponseMessage> AskAsync(string value, string? agent)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/account/code");
            request.Headers.Add("Cookie", $"{SignInTickets.CookieName}={value}");
            if (agent is not null)
            {
                request.Headers.UserAgent.ParseAdd(agent);
            }

            return await other.SendAsync(request, Cancel);
        }
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("forged")]
    [InlineData("spent")]
    public async Task Ticket_ThatIsGoodNoMore_LeadsBackToTheStart(string what)
    {
        (string email, _, IReadOnlyList<string> codes) = await WithFactorAsync();
        using Visitor visitor = new(Console);
        (await visitor.SignInAsync(email)).Dispose();
        Cookie cookie = visitor.Cookies[SignInTickets.CookieName]!;
        if (what == "spent")
        {
            string kept = cookie.Value;
            (await SendCodeAsync(visitor, codes[0])).Dispose();
            (await visitor.SubmitAsync("/account/logout", "sign-out")).Dispose();
            visitor.Keep(SignInTickets.CookieName, kept);
        }
        else
        {
            visitor.Keep(SignInTickets.CookieName, what == "forged" ? Forged(cookie.Value) : Expired(cookie.Value));
        }

        if (what == "forged")
        {
            Assert.Equal("/account/login", PathOf(await visitor.GetAsync("/account/code")));
        }
        else
        {
            using HttpResponseMessage response = await SendCodeAsync(visitor, codes[1]);
            Assert.Contains("This took too long", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.Null(visitor.Cookies["moderation-console"]);
    }

    [Fact]
    public async Task SignIn_WithARoleThatDemandsAFactor_OpensNothingBeforeOneIsSetUp()
    {
        (string email, _) = await Visitor.AddAsync(Console, Roles.Auditor);
        using Visitor visitor = new(Console);
        using HttpResponseMessage step = await visitor.SignInAsync(email, returnUrl: "/audit");
        Assert.Equal("/account/second-factor/first", PathOf(step));
        foreach (string path in new[] { "/", "/audit", "/account/security", "/account" })
        {
            Assert.Equal("/account/login", PathOf(await visitor.GetAsync(path)));
        }

        string address = step.Headers.Location!.ToString();
        using HttpResponseMessage wrong = await visitor.SubmitAsync(address, "second-factor", ("Setup.Code", "000000"));
        string page = await wrong.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("This is not the code for this secret", page, StringComparison.Ordinal);
        using HttpResponseMessage done = await SetUpAsync(visitor, address);

        Assert.Equal(10, RecoveryCode().Count(await done.Content.ReadAsStringAsync(Cancel)));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/audit")).StatusCode);
    }

    [Fact]
    public async Task SecondFactor_SetUpInASession_IsAskedForFromThenOn()
    {
        (string email, _) = await Visitor.AddAsync(Console, Roles.Moderator);
        using Visitor visitor = new(Console);
        (await visitor.SignInAsync(email)).Dispose();

        using HttpResponseMessage done = await SetUpAsync(visitor, "/account/second-factor");
        string code = RecoveryCode().Match(await done.Content.ReadAsStringAsync(Cancel)).Value;
        using Visitor elsewhere = new(Console);
        (await elsewhere.SignInAsync(email)).Dispose();
        (await SendCodeAsync(elsewhere, code)).Dispose();

        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).StatusCode);
        // Shown once: what the page says now holds neither secret nor codes.
        string after = await (await visitor.GetAsync("/account/second-factor")).Content.ReadAsStringAsync(Cancel);
        Assert.Equal(0, RecoveryCode().Count(after));
        Assert.DoesNotContain("otpauth", after, StringComparison.Ordinal);
        using HttpResponseMessage removed = await visitor.SubmitAsync("/account/second-factor", "remove");
        Assert.Contains("switched off", await removed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Session_ProvedLongAgo_ProvesAgainBeforeItChangesItsFactorAndComesBack()
    {
        (string email, Guid id) = await Visitor.AddAsync(Console, Roles.Moderator);
        using Visitor visitor = new(Console);
        (await visitor.SignInAsync(email)).Dispose();
        await Console.WriteAsync(scope =>
        {
            foreach (var row in scope.Db.Set<ModerationConsole.Core.People.Sessions.PersonSession>().Where(row => row.PersonId == id))
            {
                row.ProvedAt = Now.AddHours(-1);
            }

            return Task.FromResult(true);
        });

        using HttpResponseMessage asked = await visitor.GetAsync("/account/second-factor");
        string address = asked.Headers.Location!.ToString();
        Assert.Equal("/account/prove", PathOf(asked));
        using HttpResponseMessage wrong = await visitor.SubmitAsync(address, "prove-password", ("Password.Text", "wrong"));
        Assert.Contains("This is not right", await wrong.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using HttpResponseMessage right = await visitor.SubmitAsync(address, "prove-password", ("Password.Text", Visitor.Password));

        Assert.Equal("/account/second-factor", PathOf(right));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/account/second-factor")).StatusCode);
        using HttpResponseMessage elsewhere = await visitor.SubmitAsync("/account/prove?returnUrl=//elsewhere.example/", "prove-password", ("Password.Text", Visitor.Password));
        Assert.Equal("/", PathOf(elsewhere));
    }

    private static string Forged(string cookie)
    {
        byte[] bytes = Convert.FromBase64String(Uri.UnescapeDataString(cookie));
        bytes[^1] ^= 1;
        return Uri.EscapeDataString(Convert.ToBase64String(bytes));
    }

    private string PathOf(HttpResponseMessage response) => new Uri(Console.Client.BaseAddress!, response.Headers.Location!).AbsolutePath;

    // What the console itself would have given five minutes ago.
    private string Expired(string cookie)
    {
        SignInTickets tickets = Console.Services.GetRequiredService<SignInTickets>();
        DefaultHttpContext context = new();
        context.Request.Headers.Cookie = $"{SignInTickets.CookieName}={cookie}";
        tickets.Give(context, tickets.Read(context)! with { ExpiresAt = Now.AddSeconds(-1) });
        return context.Response.Headers.SetCookie.ToString().Split(';')[0].Split('=', 2)[1];
    }

    private static Task<HttpResponseMessage> SendCodeAsync(Visitor visitor, string code, string address = "/account/code") =>
        visitor.SubmitAsync(address, "code", ("Input.Code", code));

    private static async Task<HttpResponseMessage> SetUpAsync(Visitor visitor, string address)
    {
        string page = await visitor.Client.GetStringAsync(address, Cancel);
        string secret = Secret().Match(page).Groups["secret"].Value.Replace(" ", "", StringComparison.Ordinal);
        string packed = Packed().Match(page).Groups["packed"].Value;
        string code = new CodeApp(secret).CodeAt(Now);
        // The form of a page asked for anew carries a secret of its own; this one's is sent in its place.
        return await visitor.SubmitAsync(address, "second-factor", [("Setup.Secret", packed), ("Setup.Code", code)], instead: true);
    }

    private async Task<(string Email, CodeApp App, IReadOnlyList<string> RecoveryCodes)> WithFactorAsync()
    {
        (string email, Guid id) = await Visitor.AddAsync(Console, Roles.Moderator);
        (CodeApp app, IReadOnlyList<string> codes) = await CodeApp.SetUpAsync(Console.Use<AddAuthenticator>(), Caller.Person(id), Now);
        return (email, app, codes);
    }

    [GeneratedRegex("""id="secret" readonly value="(?<secret>[A-Z2-7 ]+)""")]
    private static partial Regex Secret();

    [GeneratedRegex("""name="Setup.Secret" value="(?<packed>[^"]+)""")]
    private static partial Regex Packed();

    [GeneratedRegex("[a-z2-9]{4}(-[a-z2-9]{4}){3}")]
    private static partial Regex RecoveryCode();

    public sealed class Running : IAsyncLifetime
    {
        public WebConsole Console { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Console = await WebConsole.StartAsync(new() { ["SecondFactor:Roles:0"] = Roles.Auditor });

        public ValueTask DisposeAsync() => Console.DisposeAsync();
    }
}
