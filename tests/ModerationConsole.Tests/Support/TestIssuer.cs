using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ModerationConsole.Tests.Support;

/// <summary>A token before it is signed: a test changes in it what must not pass.</summary>
public sealed class TokenPlan
{
    public Dictionary<string, object> Claims { get; init; } = [];

    public SigningCredentials? Key { get; set; }

    /// <summary>What the token endpoint gives instead, if anything.</summary>
    public string? Instead { get; set; }
}

/// <summary>
/// An OpenID provider of the tests' own, over real HTTP, that signs whatever a test wants: the wrong things a real one never says.
/// Codes are given without a page; what is sent for them is checked as a real one does.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    public const string ClientId = "console";
    public const string Secret = "a secret: for tests & alone";

    private readonly WebApplication _app;
    private readonly Dictionary<string, (string Challenge, TokenPlan Plan)> _codes = [];
    private readonly Dictionary<string, TokenPlan> _refresh = [];
    private readonly Dictionary<string, Dictionary<string, object>> _people = [];
    private RsaSecurityKey _key = NewKey();

    private TestIssuer(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    public SigningCredentials Key => new(_key, SecurityAlgorithms.RsaSha256);

    /// <summary>How often its keys were asked for.</summary>
    public int KeysRead { get; private set; }

    /// <summary>How many refresh tokens of someone it would take.</summary>
    public int Refreshable(string subject) => _refresh.Values.Count(plan => plan.Claims.TryGetValue("sub", out object? sub) && (string)sub == subject);

    /// <summary>Answers nothing but faults while it is set.</summary>
    public bool Down { get; set; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task<TestIssuer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        TestIssuer issuer = new(app);
        app.Use((context, next) =>
        {
            if (!issuer.Down)
            {
                return next(context);
            }

            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        app.MapGet("/.well-known/openid-configuration", issuer.Discovery);
        app.MapGet("/jwks", issuer.Keys);
        app.MapPost("/token", issuer.TokenAsync);
        app.MapPost("/revoke", issuer.RevokeAsync);
        app.MapGet("/userinfo", issuer.UserInfo);
        await app.StartAsync();
        int port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        issuer.Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        return issuer;
    }

    /// <summary>A key that nobody was told of, under a name of its own or another's.</summary>
    public static SigningCredentials Foreign(string? name = null) => new(NewKey(name), SecurityAlgorithms.RsaSha256);

    /// <summary>Signs with a new key from now on.</summary>
    public void ChangeKey() => _key = NewKey();

    /// <summary>What it tells of a person beside the token.</summary>
    public void Knows(string subject, string[] groups, string? email = null, bool verified = true, string? name = null) => _people[subject] = new()
    {
        ["sub"] = subject,
        ["groups"] = groups,
        ["email"] = email ?? $"{subject}@issuer.example",
        ["email_verified"] = verified,
        ["name"] = name ?? subject,
    };

    /// <summary>Nobody of that name works there any more.</summary>
    public void Forgets(string subject) => _people.Remove(subject);

    /// <summary>The code with which it sends a browser back that came with this address.</summary>
    public string Code(Uri asked, string subject, Action<TokenPlan>? change = null)
    {
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query = QueryHelpers.ParseQuery(asked.Query);
        TokenPlan plan = new()
        {
            Key = Key,
            Claims = new()
            {
                ["iss"] = Address,
                ["aud"] = ClientId,
                ["sub"] = subject,
                ["sid"] = $"sid-{subject}",
                ["iat"] = Now.ToUnixTimeSeconds(),
                ["exp"] = Now.AddMinutes(5).ToUnixTimeSeconds(),
                ["nonce"] = query["nonce"].ToString(),
            },
        };
        change?.Invoke(plan);
        string code = Random();
        _codes[code] = (query["code_challenge"].ToString(), plan);
        return code;
    }

    /// <summary>A signed token of these claims.</summary>
    public static string Sign(Dictionary<string, object> claims, SigningCredentials? key, string? type = null)
    {
        SecurityTokenDescriptor descriptor = new() { Claims = claims, SigningCredentials = key, TokenType = type };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static RsaSecurityKey NewKey(string? name = null) => new(RSA.Create(2048)) { KeyId = name ?? Random() };

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16));

    private IResult Discovery() => Results.Json(new Dictionary<string, object>
    {
        ["issuer"] = Address,
        ["authorization_endpoint"] = $"{Address}/authorize",
        ["token_endpoint"] = $"{Address}/token",
        ["userinfo_endpoint"] = $"{Address}/userinfo",
        ["end_session_endpoint"] = $"{Address}/end",
        ["revocation_endpoint"] = $"{Address}/revoke",
        ["jwks_uri"] = $"{Address}/jwks",
    });

    private IResult Keys()
    {
        KeysRead++;
        JsonWebKey key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = _key.KeyId });
        return Results.Json(new { keys = new[] { new { kty = key.Kty, n = key.N, e = key.E, kid = key.Kid, use = "sig" } } });
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        IFormCollection form = await request.ReadFormAsync();
        if (!IsTheConsole(request))
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        }

        TokenPlan? plan = form["grant_type"] == "refresh_token" ? Refreshed(form["refresh_token"].ToString()) : Redeemed(form["code"].ToString(), form["code_verifier"].ToString());
        return plan is null ? Results.Json(new { error = "invalid_grant" }, statusCode: 400) : Give(plan);
    }

    private async Task<IResult> RevokeAsync(HttpRequest request)
    {
        if (!IsTheConsole(request))
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        }

        _refresh.Remove((await request.ReadFormAsync())["token"].ToString());
        return Results.Ok();
    }

    private static bool IsTheConsole(HttpRequest request) =>
        request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{Uri.EscapeDataString(Secret)}"))}";

    private TokenPlan? Redeemed(string code, string verifier) =>
        _codes.Remove(code, out (string Challenge, TokenPlan Plan) given)
        && given.Challenge == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))
            ? given.Plan
            : null;

    private TokenPlan? Refreshed(string token) =>
        _refresh.Remove(token, out TokenPlan? plan) && _people.ContainsKey((string)plan.Claims["sub"]) ? plan : null;

    private IResult Give(TokenPlan plan)
    {
        string subject = plan.Claims.TryGetValue("sub", out object? sub) ? (string)sub : "";
        string refresh = Random();
        _refresh[refresh] = plan;
        return Results.Json(new Dictionary<string, object>
        {
            ["access_token"] = $"access-{subject}",
            ["token_type"] = "Bearer",
            ["refresh_token"] = refresh,
            ["id_token"] = plan.Instead ?? Sign(plan.Claims, plan.Key),
        });
    }

    private IResult UserInfo(HttpRequest request) =>
        request.Headers.Authorization.ToString().Split("access-") is [_, var subject] && _people.TryGetValue(subject, out Dictionary<string, object>? person)
            ? Results.Json(person)
            : Results.StatusCode(401);
}
