using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.E2E.Support;
using ModerationConsole.Web.Security;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Every attempt goes against one console, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class Attacks : ICollectionFixture<Target>
{
    public const string Name = "Attacks";
}

/// <summary>The console of this project as an attacker reaches it: by HTTP, with the cookies and keys that they could have.</summary>
public sealed partial class Target(ConsoleFixture console) : IAsyncLifetime
{
    /// <summary>The cookie of a session.</summary>
    public const string SessionCookie = "moderation-console";

    /// <summary>Somebody of the demo in each role.</summary>
    public static readonly IReadOnlyDictionary<string, string> People = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Roles.Moderator] = "moderator@demo.local",
        [Roles.Lead] = "lead@demo.local",
        [Roles.QualityReviewer] = "quality@demo.local",
        [Roles.PolicyExpert] = "expert@demo.local",
        [Roles.Analyst] = "analyst@demo.local",
        [Roles.Auditor] = "auditor@demo.local",
        [Roles.Admin] = "admin@demo.local",
    };

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _cookies = new(StringComparer.Ordinal);
    private HttpClient? _http;
    private MediaRun? _media;
    private (long Number, string Mark)? _hidden;

    public ConsoleFixture Console => console;

    public ConsoleApp App => console.App;

    /// <summary>A corner of the console whose people and cases the attempts are about.</summary>
    public Scene Scene { get; private set; } = null!;

    /// <summary>A key with every scope but child safety.</summary>
    public CreatedKey Key { get; private set; } = null!;

    public Uri Address => new(App.Address);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Http => _http ??= new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    public async ValueTask InitializeAsync()
    {
        Scene = await Scene.SetAsync(App, moderators: 2);
        Key = await KeyAsync([.. ApiKeys.Grantable.Where(scope => scope != Permission.ChildSafety)]);
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await (_media?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>A case that only those with the child-safety permission may know of, and words that stand in it.</summary>
    public async Task<(long Number, string Mark)> HiddenAsync()
    {
        if (_hidden is { } made)
        {
            return made;
        }

        string mark = $"hidden{Guid.NewGuid():N}";
        await Scene.ReportAsync(mark, $"{mark} text", $"{mark} reason", author: "hidden-author", childSafety: true);
        long number = await Scene.ReadAsync(db => (from row in db.Set<Case>()
                                                   join version in db.Set<ItemVersion>() on row.ItemVersionId equals version.Id
                                                   where version.ItemId == mark && row.Sensitivity == Sensitivity.ChildSafety
                                                   select row.Number).SingleAsync(Cancel));
        _hidden = (number, mark);
        return (number, mark);
    }

    /// <summary>Hosts for attempts that are about media; one for all of them.</summary>
    public async Task<MediaRun> MediaAsync() => _media ??= await MediaRun.StartAsync(this);

    public T Use<T>()
        where T : notnull => App.Services.GetRequiredService<T>();

    public Task<CreatedKey> KeyAsync(params Permission[] scopes) => Use<CreateApiKey>().RunAsync(
        Caller.System, new NewApiKey("attempt", scopes, TimeProvider.System.GetUtcNow().AddDays(1)), Cancel);

    /// <summary>The <c>Cookie</c> header of somebody in a role.</summary>
    public Task<string> CookieAsync(string role) => CookieOfAsync(People[role], ConsoleFixture.DemoPassword);

    /// <summary>The <c>Cookie</c> header of one of the corner's people.</summary>
    public Task<string> CookieOfAsync(int person) => CookieOfAsync(Scene.People[person], Scene.Password);

    /// <summary>The <c>Cookie</c> header of a session of this person.</summary>
    public Task<string> CookieOfAsync(string email, string password) => _cookies.GetOrAdd(email, _ => new(async () =>
    {
        using HttpResponseMessage answer = await SignInAsync(email, password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return CookiesOf(answer);
    })).Value;

    /// <summary>Fills in the sign-in form.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string email, string password, string? returnUrl = null, string? cookie = null)
    {
        string address = returnUrl is null ? "/account/login" : $"/account/login?returnUrl={Uri.EscapeDataString(returnUrl)}";
        (string token, string form) = await FormAsync(address, cookie);
        return await SendAsync(HttpMethod.Post, address, cookie is null ? form : $"{cookie}; {form}", content: new FormUrlEncodedContent(
        [
            new("_handler", "sign-in"), new("__RequestVerificationToken", token), new("Input.Email", email), new("Input.Password", password),
        ]));
    }

    /// <summary>A form's token and the cookie that belongs to it.</summary>
    public async Task<(string Token, string Cookie)> FormAsync(string address, string? cookie = null)
    {
        using HttpResponseMessage page = await SendAsync(HttpMethod.Get, address, cookie);
        Match token = Token().Match(await page.Content.ReadAsStringAsync(Cancel));
        Assert.True(token.Success, $"{address} has no form.");
        return (token.Groups["token"].Value, CookiesOf(page));
    }

    /// <summary>One request that follows no redirect.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? cookie = null, string? key = null, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        IEnumerable<(string Name, string? Value)> all = [("Cookie", cookie), ("X-API-KEY", key), .. headers];
        foreach ((string name, string? value) in all)
        {
            if (!string.IsNullOrEmpty(value))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Http.SendAsync(request, Cancel);
    }

    /// <summary>Sends JSON as it stands, as a program does.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string json, string? key = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, $"/api/v1/{path}", key: key ?? Key.Key, content: new StringContent(json, Encoding.UTF8, "application/json"), headers: headers);

    /// <summary>The ticket within a session's cookie, which only the console can open.</summary>
    public AuthenticationTicket Open(string cookie) => Format().Unprotect(ValueOf(cookie))!;

    /// <summary>A session's cookie over a ticket, sealed with the console's own keys.</summary>
    public string Seal(AuthenticationTicket ticket) => $"{SessionCookie}={Format().Protect(ticket)}";

    /// <summary>What stands in the cookie of a session.</summary>
    public static string ValueOf(string cookie) =>
        cookie.Split("; ").Single(part => part.StartsWith($"{SessionCookie}=", StringComparison.Ordinal))[(SessionCookie.Length + 1)..];

    /// <summary>How many entries of these acts there are.</summary>
    public Task<int> EntriesAsync(params AuditAct[] acts) => Scene.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => acts.Contains(entry.Act), Cancel));

    private static string CookiesOf(HttpResponseMessage answer) =>
        string.Join("; ", answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? cookies.Select(cookie => cookie.Split(';')[0]) : []);

    private ISecureDataFormat<AuthenticationTicket> Format() =>
        App.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(ConsoleClaims.CookieScheme).TicketDataFormat;

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)""")]
    private static partial Regex Token();
}
