using System.Net;
using System.Text;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Forms that another site sends in someone's name, and sign-ins that are guessed.</summary>
[Collection(Attacks.Name)]
public sealed class FormAttempts(Target target)
{
    private static readonly FormUrlEncodedContent s_nothing = new([]);

    /// <summary>Each sends something with the victim's cookie but without what only the victim's page knows.</summary>
    private static readonly Dictionary<string, Func<Target, string, Task<HttpResponseMessage>>> s_forged = new(StringComparer.Ordinal)
    {
        ["signing out without a token"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/account/logout", cookie, content: Form(("_handler", "sign-out"))),
        ["signing out everywhere without a token"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/account/logout", cookie, content: Form(("_handler", "sign-out-everywhere"))),
        ["signing out with an invented token"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/account/logout", cookie, content: Form(("_handler", "sign-out"), (Token, "CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAA"))),
        ["signing out with an empty token"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/account/logout", cookie, content: Form(("_handler", "sign-out"), (Token, ""))),
        ["signing out with the attacker's token"] = async (one, cookie) => await one.SendAsync(
            HttpMethod.Post, "/account/logout", cookie, content: Form(("_handler", "sign-out"), (Token, (await one.FormAsync("/account", await one.CookieOfAsync(1))).Token))),
        ["signing out with the attacker's token and its cookie"] = async (one, cookie) =>
        {
            (string token, string form) = await one.FormAsync("/account", await one.CookieOfAsync(1));
            return await one.SendAsync(HttpMethod.Post, "/account/logout", $"{cookie}; {form}", content: Form(("_handler", "sign-out"), (Token, token)));
        },
        ["signing out with a stranger's token and its cookie"] = async (one, cookie) =>
        {
            (string token, string form) = await one.FormAsync("/account/login");
            return await one.SendAsync(HttpMethod.Post, "/account/logout", $"{cookie}; {form}", content: Form(("_handler", "sign-out"), (Token, token)));
        },
        ["signing out by a link"] = (one, cookie) => one.SendAsync(HttpMethod.Get, "/account/logout?_handler=sign-out", cookie),
        ["signing out by HEAD"] = (one, cookie) => one.SendAsync(HttpMethod.Head, "/account/logout?_handler=sign-out", cookie),
        ["signing out by DELETE"] = (one, cookie) => one.SendAsync(HttpMethod.Delete, "/account/logout", cookie),
        ["signing out by a link that says it is a form"] = (one, cookie) => one.SendAsync(HttpMethod.Get, "/account/logout?_method=POST", cookie, headers: ("X-HTTP-Method-Override", "POST")),
        ["signing out as plain text"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/account/logout", cookie, content: new StringContent("_handler=sign-out", Encoding.UTF8, "text/plain")),
        ["signing out as JSON"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/account/logout", cookie, content: new StringContent("{\"_handler\":\"sign-out\"}", Encoding.UTF8, "application/json")),
        ["another password without a token"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/account", cookie, content: Form(
            ("_handler", "password"), ("Passwords.Present", Support.Scene.Password), ("Passwords.Chosen", "stolen by another site"), ("Passwords.Repeated", "stolen by another site"))),
        ["another password by a link"] = (one, cookie) => one.SendAsync(
            HttpMethod.Get, $"/account?_handler=password&Passwords.Present={Uri.EscapeDataString(Support.Scene.Password)}&Passwords.Chosen=stolenstolenstolen&Passwords.Repeated=stolenstolenstolen", cookie),
        ["a circuit from another site"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", cookie, headers: ("Origin", "https://elsewhere.example")),
        ["a circuit from a page of data"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", cookie, headers: ("Origin", "null")),
        ["a circuit from a name that begins alike"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", cookie, headers: ("Origin", $"http://localhost.elsewhere.example:{one.Address.Port}")),
        ["a circuit from another port"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", cookie, headers: ("Origin", $"http://localhost:{one.Address.Port + 1}")),
        ["a circuit from another scheme"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", cookie, headers: ("Origin", $"https://localhost:{one.Address.Port}")),
        ["ending a circuit from another site"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/_blazor/disconnect", cookie, content: Form(("circuitId", "x")), headers: ("Origin", "https://elsewhere.example")),
        ["the hub from another site"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/hubs/cases/negotiate?negotiateVersion=1", cookie, headers: ("Origin", "https://elsewhere.example")),
        ["the API in a person's name"] = (one, cookie) => one.SendAsync(HttpMethod.Post, "/api/v1/items", cookie, content: new StringContent("{\"items\":[]}", Encoding.UTF8, "text/plain")),
    };

    /// <summary>Who is said to sign in, and with what.</summary>
    private static readonly Dictionary<string, (string Email, string Password)> s_guesses = new(StringComparer.Ordinal)
    {
        ["nobody"] = ("nobody@demo.local", "a guess"),
        ["nothing"] = ("", ""),
        ["a piece of SQL as a name"] = ("' OR '1'='1' --@demo.local", "a guess"),
        ["a piece of SQL as a password"] = ("nobody@demo.local", "' OR '1'='1"),
        ["a pattern as a name"] = ("%@demo.local", "a guess"),
        ["an id as a name"] = ("00000000-0000-0000-0000-000000000001", "a guess"),
        ["a name with a line of its own"] = ("nobody@demo.local\r\nBcc: x", "a guess"),
        ["a name in letters that look alike"] = ("\u0430dmin@demo.local", "a guess"),
        ["a name of a hundred thousand letters"] = (new string('a', 100_000), "a guess"),
        ["a password of a hundred thousand letters"] = ("nobody@demo.local", new string('a', 100_000)),
        ["a script as a name"] = ("<script>alert(1)</script>@demo.local", "a guess"),
    };

    public static TheoryData<string> Forged => [.. s_forged.Keys];

    public static TheoryData<string> Guesses => [.. s_guesses.Keys];

    private const string Token = "__RequestVerificationToken";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Forged))]
    public async Task Form_ThatAnotherSiteSends_ChangesNothing(string attempt)
    {
        string cookie = await target.CookieOfAsync(0);
        int before = await target.EntriesAsync(AuditAct.SignedOut, AuditAct.PasswordSet, AuditAct.SessionEnded, AuditAct.PersonChanged);

        using HttpResponseMessage answer = await s_forged[attempt](target, cookie);
        using HttpResponseMessage after = await target.SendAsync(HttpMethod.Get, "/", cookie);

        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal(before, await target.EntriesAsync(AuditAct.SignedOut, AuditAct.PasswordSet, AuditAct.SessionEnded, AuditAct.PersonChanged));
        if (answer.RequestMessage!.Method == HttpMethod.Post)
        {
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }
    }

    [Theory]
    [MemberData(nameof(Guesses))]
    public async Task SignIn_ThatIsGuessed_OpensNothingAndIsWrittenDown(string attempt)
    {
        (string email, string password) = s_guesses[attempt];
        int before = await target.EntriesAsync(AuditAct.SignInFailed);

        using HttpResponseMessage answer = await target.SignInAsync(email, password);

        string page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Email or password is not right.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) && cookies.Any(cookie => cookie.StartsWith($"{Target.SessionCookie}=", StringComparison.Ordinal)));
        Assert.True(await target.EntriesAsync(AuditAct.SignInFailed) > before, "The failed sign-in is in no entry.");
    }

    [Theory]
    [InlineData("Input.Roles", Roles.Admin)]
    [InlineData("Input.Role", Roles.Admin)]
    [InlineData("Input.PersonId", "00000000-0000-0000-0000-000000000001")]
    [InlineData("Input.IsAdmin", "true")]
    [InlineData("Input.Permissions[0]", "ManagePeople")]
    [InlineData("Input.Email", "admin@demo.local")]
    [InlineData("ReturnUrl", "https://elsewhere.example/")]
    public async Task SignIn_WithAFieldThatTheFormHasNot_GivesTheSamePersonTheSameRights(string field, string value)
    {
        (string token, string form) = await target.FormAsync("/account/login");

        using HttpResponseMessage answer = await target.SendAsync(HttpMethod.Post, "/account/login", form, content: Form(
            ("_handler", "sign-in"), (Token, token), ("Input.Email", target.Scene.People[1]), ("Input.Password", Support.Scene.Password), (field, value)));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        string cookie = answer.Headers.GetValues("Set-Cookie").Select(set => set.Split(';')[0]).Single(set => set.StartsWith($"{Target.SessionCookie}=", StringComparison.Ordinal));
        using HttpResponseMessage closed = await target.SendAsync(HttpMethod.Get, "/admin/people", cookie);

        Assert.Equal(target.Address.Authority, new Uri(target.Address, answer.Headers.Location!).Authority);
        Assert.StartsWith("/account/denied", closed.Headers.Location?.PathAndQuery ?? "", StringComparison.Ordinal);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        fields.Length == 0 ? s_nothing : new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}
