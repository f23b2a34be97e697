using System.Net;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;

namespace ModerationConsole.E2E.Adversarial;

/// <summary>API keys that nobody was given, and keys in places where none is looked for.</summary>
[Collection(Attacks.Name)]
public sealed class KeyAttempts(Target target)
{
    private static readonly Dictionary<string, Func<Target, Task<string>>> s_keys = new(StringComparer.Ordinal)
    {
        ["nonsense"] = _ => Task.FromResult("nonsense"),
        ["only how keys begin"] = _ => Task.FromResult(ApiKeys.Start),
        ["one that was never made"] = _ => Task.FromResult(ApiKeys.Make()),
        ["one letter less"] = one => Task.FromResult(one.Key.Key[..^1]),
        ["one letter more"] = one => Task.FromResult(one.Key.Key + "A"),
        ["in capitals"] = one => Task.FromResult(one.Key.Key.ToUpperInvariant()),
        ["in small letters"] = one => Task.FromResult(one.Key.Key.ToLowerInvariant()),
        ["what the page of keys shows of it"] = one => Task.FromResult(ApiKeys.PrefixOf(one.Key.Key)),
        ["a pattern"] = _ => Task.FromResult("mc_%"),
        ["a piece of SQL"] = _ => Task.FromResult("mc_' OR '1'='1' --"),
        ["its own hash"] = one => Task.FromResult($"mc_{Convert.ToHexString(ApiKeys.Hash(one.Key.Key))}"),
        ["two in one header"] = one => Task.FromResult($"{one.Key.Key},{one.Key.Key}"),
        ["ten thousand letters"] = _ => Task.FromResult(ApiKeys.Start + new string('a', 10_000)),
        ["one that was revoked"] = async one =>
        {
            CreatedKey key = await one.KeyAsync(Permission.ReadCases);
            using HttpResponseMessage before = await one.SendAsync(HttpMethod.Get, "/api/v1/cases", key: key.Key);
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
            Guid id = await one.Scene.ReadAsync(db => db.Set<ApiKey>().Where(row => row.Hash == ApiKeys.Hash(key.Key)).Select(row => row.Id).SingleAsync(CancellationToken.None));
            Assert.Equal(RevokeKeyOutcome.Revoked, await one.Use<RevokeApiKey>().RunAsync(Caller.System, id, CancellationToken.None));
            return key.Key;
        },
    };

    private static readonly Dictionary<string, Func<string, (string Path, (string Name, string Value) Header)>> s_places = new(StringComparer.Ordinal)
    {
        ["in the address"] = key => ($"/api/v1/cases?X-API-KEY={key}&api_key={key}&key={key}", ("Accept", "*/*")),
        ["as a bearer token"] = key => ("/api/v1/cases", ("Authorization", $"Bearer {key}")),
        ["as a password"] = key => ("/api/v1/cases", ("Authorization", $"Basic {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{key}:"))}")),
        ["as a cookie"] = key => ("/api/v1/cases", ("Cookie", $"X-API-KEY={key}")),
        ["for a page"] = key => ("/admin/keys", ("X-API-KEY", key)),
        ["for the audit's page"] = key => ("/audit", ("X-API-KEY", key)),
        ["for a person's proof"] = key => ("/audit/cases/1/proof", ("X-API-KEY", key)),
        ["for a person's export"] = key => ("/quality/figures.csv", ("X-API-KEY", key)),
        ["for a circuit"] = key => ("/_blazor?id=x", ("X-API-KEY", key)),
    };

    /// <summary>Everything that programs may ask, with the scope it needs.</summary>
    private static readonly (string Method, string Path, Permission Scope)[] s_routes =
    [
        ("POST", "items/async", Permission.SubmitItems),
        ("POST", "items", Permission.SubmitItems),
        ("POST", "report", Permission.SubmitReports),
        ("POST", "report/appeal", Permission.SubmitReports),
        ("POST", "notices", Permission.SubmitReports),
        ("GET", "policies", Permission.ReadPolicies),
        ("POST", "actions", Permission.SubmitActions),
        ("GET", "webhooks/public-key", Permission.ReadPolicies),
        ("GET", "cases", Permission.ReadCases),
        ("GET", "cases/1", Permission.ReadCases),
        ("GET", "decisions", Permission.ReadCases),
        ("GET", "audit/heads/latest", Permission.ViewAudit),
        ("GET", "audit/heads/consistency?from=1", Permission.ViewAudit),
        ("GET", "audit/cases/1/proof", Permission.ViewAudit),
    ];

    public static TheoryData<string> Keys => [.. s_keys.Keys];

    public static TheoryData<string> Places => [.. s_places.Keys];

    public static TheoryData<string> Routes => [.. s_routes.Select(route => $"{route.Method} {route.Path}")];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Key_ThatNobodyWasGiven_OpensNothing(string key)
    {
        using HttpResponseMessage answer = await target.SendAsync(HttpMethod.Get, "/api/v1/cases", key: await s_keys[key](target));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Key_InAPlaceWhereNoneIsLookedFor_OpensNothing(string place)
    {
        (string path, (string Name, string Value) header) = s_places[place](target.Key.Key);

        using HttpResponseMessage answer = await target.SendAsync(HttpMethod.Get, path, headers: header);

        Assert.True(
            answer.StatusCode == HttpStatusCode.Unauthorized || answer.Headers.Location?.PathAndQuery.StartsWith("/account/login", StringComparison.Ordinal) == true,
            $"{answer.StatusCode} {answer.Headers.Location}");
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_ForAKeyWithEveryOtherScope_IsForbidden(string route)
    {
        (string method, string path, Permission scope) = s_routes.Single(one => $"{one.Method} {one.Path}" == route);
        CreatedKey key = await target.KeyAsync([.. ApiKeys.Grantable.Where(one => one != scope)]);
        using StringContent? body = method == "POST" ? new("{}", System.Text.Encoding.UTF8, "application/json") : null;

        using HttpResponseMessage answer = await target.SendAsync(new HttpMethod(method), $"/api/v1/{path}", key: key.Key, content: body);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_ForAPersonsCookie_IsUnauthenticated(string route)
    {
        (string method, string path, _) = s_routes.Single(one => $"{one.Method} {one.Path}" == route);
        using StringContent? body = method == "POST" ? new("{}", System.Text.Encoding.UTF8, "application/json") : null;

        using HttpResponseMessage answer = await target.SendAsync(new HttpMethod(method), $"/api/v1/{path}", await target.CookieAsync(Roles.Lead), content: body);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
