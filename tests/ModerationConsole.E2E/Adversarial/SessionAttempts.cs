using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Security;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>Sessions that nobody was given. Each opens neither a page nor a circuit.</summary>
[Collection(Attacks.Name)]
public sealed class SessionAttempts(Target target)
{
    private static readonly Dictionary<string, Func<Target, Task<string>>> s_attempts = new(StringComparer.Ordinal)
    {
        ["no cookie at all"] = _ => Task.FromResult(""),
        ["an empty value"] = _ => Task.FromResult($"{Target.SessionCookie}="),
        ["words"] = _ => Task.FromResult($"{Target.SessionCookie}=admin"),
        ["random bytes"] = _ => Task.FromResult($"{Target.SessionCookie}={Convert.ToBase64String(new byte[300])}"),
        ["the claims in the clear"] = _ => Task.FromResult($"{Target.SessionCookie}=%7B%22sub%22%3A%22{Guid.NewGuid()}%22%2C%22role%22%3A%22Admin%22%7D"),
        ["an unsigned JWT"] = _ => Task.FromResult($"{Target.SessionCookie}=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9."),
        ["cut short"] = Of(value => value[..^8]),
        ["one letter changed at its end"] = Of(value => value[..^5] + (value[^5] == 'A' ? 'B' : 'A') + value[^4..]),
        ["one letter changed at its start"] = Of(value => (value[0] == 'A' ? 'B' : 'A') + value[1..]),
        ["one letter changed in its middle"] = Of(value => value[..(value.Length / 2)] + (value[value.Length / 2] == 'A' ? 'B' : 'A') + value[((value.Length / 2) + 1)..]),
        ["in capitals"] = Of(value => value.ToUpperInvariant()),
        ["twice in one value"] = Of(value => value + value),
        ["backwards"] = Of(value => new string([.. value.Reverse()])),
        ["under another name"] = async one => $"session={Target.ValueOf(await one.CookieOfAsync(0))}",
        ["the form's cookie as a session"] = async one => $"{Target.SessionCookie}={(await one.FormAsync("/account/login")).Cookie.Split('=', 2)[1]}",
        ["said to come in a million parts"] = _ => Task.FromResult($"{Target.SessionCookie}=chunks-1000000"),
        ["said to come in minus one parts"] = _ => Task.FromResult($"{Target.SessionCookie}=chunks--1"),
        ["an API key as a session"] = one => Task.FromResult($"{Target.SessionCookie}={one.Key.Key}"),
        ["sealed by another console"] = async one => Foreign(one.Open(await one.CookieOfAsync(0))),
        ["sealed by this console for another purpose"] = async one => $"{Target.SessionCookie}="
            + one.Use<IDataProtectionProvider>().CreateProtector("Microsoft.AspNetCore.Antiforgery.AntiforgeryToken.v1").Protect(Target.ValueOf(await one.CookieOfAsync(0))),
        ["expired a second ago"] = Sealed((_, ticket) => ticket.Properties.ExpiresUtc = TimeProvider.System.GetUtcNow().AddSeconds(-1)),
        ["of a session that never was"] = Changed(ConsoleClaims.SessionId, _ => Task.FromResult($"{Guid.NewGuid()}")),
        ["without a session"] = Changed(ConsoleClaims.SessionId, _ => Task.FromResult("")),
        ["without a stamp"] = Changed(ConsoleClaims.Stamp, _ => Task.FromResult("")),
        ["with an old stamp"] = Changed(ConsoleClaims.Stamp, _ => Task.FromResult("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")),
        ["one's own session for another person"] = Changed(ClaimTypes.NameIdentifier, async one => $"{await PersonAsync(one, one.Scene.People[1])}"),
        ["one's own session for nobody"] = Changed(ClaimTypes.NameIdentifier, _ => Task.FromResult($"{Guid.Empty}")),
        ["of a session that was signed out"] = one => ThenAsync(one, async (id, session) => await one.Use<SignOut>().RunAsync(Caller.Person(id), session, CancellationToken.None)),
        ["of a person who was disabled"] = one => ThenAsync(one, async (id, _) => await one.Use<DisablePerson>().RunAsync(Caller.System, id, CancellationToken.None)),
    };

    public static TheoryData<string> Attempts => [.. s_attempts.Keys];

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task Session_ThatNobodyWasGiven_OpensNothing(string attempt)
    {
        string cookie = await s_attempts[attempt](target);

        using HttpResponseMessage page = await target.SendAsync(HttpMethod.Get, "/", cookie);
        using HttpResponseMessage circuit = await target.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", cookie);
        using HttpResponseMessage hub = await target.SendAsync(HttpMethod.Post, "/hubs/cases/negotiate?negotiateVersion=1", cookie);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (page.StatusCode, circuit.StatusCode, hub.StatusCode));
        Assert.StartsWith("/account/login", page.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    /// <summary>What the cookie is worth unchanged, or the attempts above would prove nothing.</summary>
    [Fact]
    public async Task Session_AsItWasGiven_OpensThePage()
    {
        using HttpResponseMessage page = await target.SendAsync(HttpMethod.Get, "/", await target.CookieOfAsync(0));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Session_ThatNamesARoleForItself_HasNoMoreRightsThanBefore()
    {
        AuthenticationTicket ticket = target.Open(await target.CookieOfAsync(0));
        ((ClaimsIdentity)ticket.Principal.Identity!).AddClaims(
        [
            new(ClaimTypes.Role, Roles.Admin), new("role", Roles.Admin), new("console:scope", nameof(Permission.ManagePeople)), new("permission", nameof(Permission.ManagePeople)),
        ]);

        using HttpResponseMessage page = await target.SendAsync(HttpMethod.Get, "/admin/people", target.Seal(ticket));

        Assert.StartsWith("/account/denied", page.Headers.Location?.PathAndQuery ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionFixation_ACookieFromBeforeSignIn_IsNotTheSessionAfterIt()
    {
        string planted = $"{Target.SessionCookie}=planted-by-someone";

        using HttpResponseMessage answer = await target.SignInAsync(target.Scene.People[1], Support.Scene.Password, cookie: planted);
        using HttpResponseMessage page = await target.SendAsync(HttpMethod.Get, "/", planted);

        string given = Assert.Single(answer.Headers.GetValues("Set-Cookie"), set => set.StartsWith($"{Target.SessionCookie}=", StringComparison.Ordinal));
        Assert.DoesNotContain("planted", given, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task SessionFixation_SigningInTwice_MakesTwoSessions()
    {
        using HttpResponseMessage first = await target.SignInAsync(target.Scene.People[1], Support.Scene.Password);
        using HttpResponseMessage second = await target.SignInAsync(target.Scene.People[1], Support.Scene.Password, cookie: first.Headers.GetValues("Set-Cookie").First().Split(';')[0]);

        string[] ids = [.. new[] { first, second }.Select(answer => target.Open(answer.Headers.GetValues("Set-Cookie").Select(set => set.Split(';')[0])
            .Single(set => set.StartsWith($"{Target.SessionCookie}=", StringComparison.Ordinal))).Principal.FindFirstValue(ConsoleClaims.SessionId)!)];
        Assert.NotEqual(ids[0], ids[1]);
    }

    private static Func<Target, Task<string>> Of(Func<string, string> change) =>
        async one => $"{Target.SessionCookie}={change(Target.ValueOf(await one.CookieOfAsync(0)))}";

    private static Func<Target, Task<string>> Sealed(Action<Target, AuthenticationTicket> change) => async one =>
    {
        AuthenticationTicket ticket = one.Open(await one.CookieOfAsync(0));
        change(one, ticket);
        return one.Seal(ticket);
    };

    private static Func<Target, Task<string>> Changed(string claim, Func<Target, Task<string>> value) => async one =>
    {
        AuthenticationTicket ticket = one.Open(await one.CookieOfAsync(0));
        string put = await value(one);
        ClaimsIdentity identity = new(ticket.Principal.Claims.Where(held => held.Type != claim).Concat(put.Length > 0 ? [new Claim(claim, put)] : []), ConsoleClaims.CookieScheme);
        return one.Seal(new AuthenticationTicket(new ClaimsPrincipal(identity), ticket.Properties, ConsoleClaims.CookieScheme));
    };

    // As every console makes its protector, with keys of another.
    private static string Foreign(AuthenticationTicket ticket) => $"{Target.SessionCookie}=" + new TicketDataFormat(new EphemeralDataProtectionProvider().CreateProtector(
        "Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationMiddleware", ConsoleClaims.CookieScheme, "v2")).Protect(ticket);

    private static async Task<string> ThenAsync(Target target, Func<Guid, Guid, Task> happens)
    {
        string email = await target.Scene.PersonAsync($"{Guid.NewGuid():N}@e2e.local", Roles.Moderator);
        string cookie = await target.CookieOfAsync(email, Support.Scene.Password);
        ClaimsPrincipal person = target.Open(cookie).Principal;
        await happens(Guid.Parse(person.FindFirstValue(ClaimTypes.NameIdentifier)!), Guid.Parse(person.FindFirstValue(ConsoleClaims.SessionId)!));
        return cookie;
    }

    private static Task<Guid> PersonAsync(Target target, string email) =>
        target.Scene.ReadAsync(db => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync(CancellationToken.None));
}
