using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Integration.Api;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Live;

namespace ModerationConsole.Tests.Integration.Security.SingleSignOn;

/// <summary>Services that come with an access token of a provider, over real HTTP against an issuer that says wrong things.</summary>
public sealed class ServiceTokenTests(ProviderScene scene) : IClassFixture<ProviderScene>
{
    private static readonly Dictionary<string, Action<Token, TestIssuer>> s_wrong = new()
    {
        ["signed with another key"] = (token, _) => token.Key = TestIssuer.Foreign(),
        ["signed with another key under the name of the right one"] = (token, issuer) => token.Key = TestIssuer.Foreign(issuer.Key.Kid),
        ["signed by nobody"] = (token, _) => token.Key = null,
        ["signed with the public key as a secret"] = (token, issuer) => token.Key = Symmetric(((RsaSecurityKey)issuer.Key.Key).Rsa.ExportSubjectPublicKeyInfo(), issuer),
        ["signed with the text of the public key as a secret"] = (token, issuer) =>
            token.Key = Symmetric(Encoding.ASCII.GetBytes(((RsaSecurityKey)issuer.Key.Key).Rsa.ExportSubjectPublicKeyInfoPem()), issuer),
        ["of another issuer"] = (token, _) => token.Claims["iss"] = "https://elsewhere.example",
        ["without an issuer"] = (token, _) => token.Claims.Remove("iss"),
        ["for another audience"] = (token, _) => token.Claims["aud"] = "https://elsewhere.example/api",
        ["for the sign-in of people"] = (token, _) => token.Claims["aud"] = TestIssuer.ClientId,
        ["that is an ID token"] = (token, _) => token.Type = "JWT",
        ["that says nothing of its type"] = (token, _) => token.Type = null,
        ["that is a logout token"] = (token, _) => token.Type = "logout+jwt",
        ["expired"] = (token, _) => token.Claims["exp"] = Now.AddMinutes(-2).ToUnixTimeSeconds(),
        ["without an end"] = (token, _) => token.Claims.Remove("exp"),
        ["not valid yet"] = (token, _) => token.Claims["nbf"] = Now.AddMinutes(5).ToUnixTimeSeconds(),
        ["of an unknown client"] = (token, _) => token.Claims["client_id"] = token.Claims["sub"] = "stranger",
        ["of a client in other letters"] = (token, _) => token.Claims["client_id"] = token.Claims["sub"] = ProviderScene.Service.ToUpperInvariant(),
        ["without a client"] = (token, _) => token.Claims.Remove("client_id"),
        ["of a person by way of the client"] = (token, _) => token.Claims["sub"] = "someone",
        ["that is none"] = (token, _) => token.Instead = "not.a.token",
        ["that is a word"] = (token, _) => token.Instead = "word",
    };

    public static TheoryData<string> Wrong => [.. s_wrong.Keys];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Service_WithAToken_DoesWhatItIsGivenUnderItsOwnNameAndNothingElse()
    {
        await scene.Console.TakesItemsAsync();

        using HttpResponseMessage sent = await AskAsync(Text(), "items", PeerPayloads.Items);
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        using HttpResponseMessage read = await AskAsync(Text(token => token.Claims.Remove("sub")), "policies/");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        await AskAsync(Text(), "audit/heads/latest").ErrorsAsync(HttpStatusCode.Forbidden);

        List<AuditEntry> entries = await scene.Console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.ActorKind == CallerKind.Service).ToListAsync(Cancel));
        Assert.NotEmpty(entries);
        Assert.Single(entries.Select(row => row.ActorId).Distinct());
        using HttpRequestMessage page = new(HttpMethod.Get, "/admin/people");
        page.Headers.Authorization = new("Bearer", Text());
        using HttpResponseMessage door = await scene.Console.Client.SendAsync(page, Cancel);
        Assert.Equal("/account/login", door.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Token_ThatDoesNotHold_OpensNothing(string how)
    {
        using HttpResponseMessage answer = await AskAsync(Text(token => s_wrong[how](token, scene.Issuer)), "policies/");

        Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        JsonElement error = Assert.Single(await Task.FromResult(answer).ErrorsAsync(HttpStatusCode.Unauthorized));
        Assert.Equal("The access token opens nothing.", error.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task TokenAndKey_SentTogether_AreJudgedByTheKeyAlone()
    {
        CreatedKey key = await scene.Console.KeyAsync(Permission.ReadPolicies);

        await AskAsync(Text(), "items", "{}", key.Key).ErrorsAsync(HttpStatusCode.Forbidden);
        await AskAsync(Text(), "policies/", key: "mc_nonsense").ErrorsAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Service_OfAProviderThatNamesItOtherwise_ComesInByItsOwnSubjectAlone()
    {
        const string provider = "SingleSignOn:Providers:company:";
        await using WebConsole console = await WebConsole.StartAsync(new(ProviderScene.Settings(scene.Issuer))
        {
            [provider + "ServiceClientClaim"] = "azp",
            [provider + "ServiceTokenType"] = "JWT",
            [$"{provider}ServiceSubjects:{ProviderScene.Service}"] = "service-account",
        });
        static void Otherwise(Token token)
        {
            token.Type = "JWT";
            token.Claims.Remove("client_id");
            (token.Claims["azp"], token.Claims["sub"]) = (ProviderScene.Service, "service-account");
        }

        async Task<HttpStatusCode> AnswerAsync(Action<Token>? change = null)
        {
            using HttpResponseMessage answer = await AskAsync(Text(Otherwise + change), "policies/", at: console);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await AnswerAsync());
        Assert.Equal(HttpStatusCode.OK, await AnswerAsync(token => token.Type = "at+jwt"));
        foreach (Action<Token> wrong in (Action<Token>[])
        [
            // A person at the same client; the client itself, which another provider would name so; nobody; another client of that subject.
            token => token.Claims["sub"] = "someone", token => token.Claims["sub"] = ProviderScene.Service, token => token.Claims.Remove("sub"),
            token => token.Claims["azp"] = "stranger", token => token.Claims["aud"] = TestIssuer.ClientId, token => token.Type = "logout+jwt",
        ])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await AnswerAsync(wrong));
        }
    }

    [Fact]
    public async Task Connection_OfAService_EndsWithItsToken()
    {
        string token = Text(plan => plan.Claims["exp"] = Now.AddSeconds(4).ToUnixTimeSeconds());

        await using HubClient client = await HubClient.ConnectAsync(scene.Console.Client.BaseAddress!, "Authorization", $"Bearer {token}");

        await client.EndAsync();
    }

    [Fact]
    public async Task Provider_ThatCannotBeAskedForItsKeys_IsSaidToBeAway()
    {
        scene.Issuer.Down = true;
        try
        {
            await using WebConsole console = await WebConsole.StartAsync(ProviderScene.Settings(scene.Issuer));
            using HttpRequestMessage request = new(HttpMethod.Get, "/api/v1/policies/");
            request.Headers.Authorization = new("Bearer", Text());

            using HttpResponseMessage answer = await console.Client.SendAsync(request, Cancel);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        }
        finally
        {
            scene.Issuer.Down = false;
        }
    }

    private static SigningCredentials Symmetric(byte[] secret, TestIssuer issuer) =>
        new(new SymmetricSecurityKey(secret) { KeyId = issuer.Key.Kid }, SecurityAlgorithms.HmacSha256);

    private string Text(Action<Token>? change = null)
    {
        Token token = new()
        {
            Key = scene.Issuer.Key,
            Claims = new()
            {
                ["iss"] = scene.Issuer.Address,
                ["aud"] = ProviderScene.ServiceAudience,
                ["sub"] = ProviderScene.Service,
                ["client_id"] = ProviderScene.Service,
                ["iat"] = Now.ToUnixTimeSeconds(),
                ["exp"] = Now.AddMinutes(5).ToUnixTimeSeconds(),
                ["jti"] = Guid.NewGuid().ToString(),
            },
        };
        change?.Invoke(token);
        return token.Instead ?? TestIssuer.Sign(token.Claims, token.Key, token.Type);
    }

    private async Task<HttpResponseMessage> AskAsync(string token, string path, string? body = null, string? key = null, WebConsole? at = null)
    {
        using HttpRequestMessage request = new(body is null ? HttpMethod.Get : HttpMethod.Post, $"/api/v1/{path}");
        request.Headers.Authorization = new("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.Add("X-API-KEY", key);
        }

        return await (at ?? scene.Console).Client.SendAsync(request, Cancel);
    }

    private sealed class Token
    {
        public Dictionary<string, object> Claims { get; init; } = [];

        public SigningCredentials? Key { get; set; }

        public string? Type { get; set; } = "at+jwt";

        public string? Instead { get; set; }
    }
}
