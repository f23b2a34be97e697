using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Security.SingleSignOn;

/// <summary>What a provider's answer must be to let someone in, over real HTTP against an issuer that says wrong things.</summary>
public sealed class IdTokenTests(ProviderScene scene) : IClassFixture<ProviderScene>
{
    private static readonly Dictionary<string, Action<TokenPlan, TestIssuer>> s_wrong = new()
    {
        ["signed with another key"] = (token, _) => token.Key = TestIssuer.Foreign(),
        ["signed with another key under the name of the right one"] = (token, issuer) => token.Key = TestIssuer.Foreign(issuer.Key.Kid),
        ["signed by nobody"] = (token, _) => token.Key = null,
        ["signed with the console's own secret"] = (token, _) => token.Key = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(TestIssuer.Secret.PadRight(32))), SecurityAlgorithms.HmacSha256),
        ["of another issuer"] = (token, _) => token.Claims["iss"] = "https://elsewhere.example",
        ["for another audience"] = (token, _) => token.Claims["aud"] = "another",
        ["for several without saying for whom"] = (token, _) => token.Claims["aud"] = new[] { TestIssuer.ClientId, "another" },
        ["for another party"] = (token, _) => token.Claims["azp"] = "another",
        ["expired"] = (token, _) => token.Claims["exp"] = Now.AddMinutes(-2).ToUnixTimeSeconds(),
        ["without an end"] = (token, _) => token.Claims.Remove("exp"),
        ["not valid yet"] = (token, _) => token.Claims["nbf"] = Now.AddMinutes(5).ToUnixTimeSeconds(),
        ["without a subject"] = (token, _) => token.Claims.Remove("sub"),
        ["without a time"] = (token, _) => token.Claims.Remove("iat"),
        ["without a nonce"] = (token, _) => token.Claims.Remove("nonce"),
        ["with a nonce of its own"] = (token, _) => token.Claims["nonce"] = "638000000000000000.abc",
        ["with the hash of another access token"] = (token, _) => token.Claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA",
        ["that is none"] = (token, _) => token.Instead = "not.a.token",
    };

    public static TheoryData<string> Wrong => [.. s_wrong.Keys];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task IdToken_ThatDoesNotHold_LetsNobodyIn(string how)
    {
        using Visitor visitor = new(scene.Console);
        string subject = $"s{Guid.NewGuid():N}";
        scene.Issuer.Knows(subject, ["moderators"]);

        string where = await scene.SignInAsync(visitor, subject, token => s_wrong[how](token, scene.Issuer));

        Assert.StartsWith("/account/login?problem=Refuted", where, StringComparison.Ordinal);
        Assert.Contains("What Company sent could not be confirmed", await ProviderScene.WordsAsync(visitor, where), StringComparison.Ordinal);
        Assert.False(await ProviderScene.IsInAsync(visitor));
        Assert.False(await scene.Console.ReadAsync(db => db.Set<Moderator>().AnyAsync(row => row.DisplayName == subject, Cancel)));
    }

    [Fact]
    public async Task Nonce_OfAnEarlierSignIn_LetsNobodyIn()
    {
        scene.Issuer.Knows("replayed", ["moderators"]);
        using Visitor first = new(scene.Console);
        string? nonce = null;
        Assert.Equal("/", await scene.SignInAsync(first, "replayed", token => nonce = (string)token.Claims["nonce"]));
        using Visitor second = new(scene.Console);

        string where = await scene.SignInAsync(second, "replayed", token => token.Claims["nonce"] = nonce!);

        Assert.StartsWith("/account/login?problem=Refuted", where, StringComparison.Ordinal);
        Assert.False(await ProviderScene.IsInAsync(second));
    }

    [Fact]
    public async Task Key_ThatIsNewAtTheProvider_IsAskedForAndHolds()
    {
        // Of its own: an unknown key has the keys read anew at most twice a minute, and other tests come with such.
        await using ProviderScene own = new();
        await own.InitializeAsync();
        own.Issuer.Knows("rotated", ["moderators"]);
        using Visitor before = new(own.Console);
        Assert.Equal("/", await own.SignInAsync(before, "rotated"));
        int read = own.Issuer.KeysRead;
        own.Issuer.ChangeKey();
        using Visitor after = new(own.Console);

        Assert.Equal("/", await own.SignInAsync(after, "rotated"));

        Assert.True(await ProviderScene.IsInAsync(after));
        Assert.Equal(read + 1, own.Issuer.KeysRead);
    }

    [Theory]
    [InlineData("missing", "")]
    [InlineData("made up", "CfDJ8AAAA")]
    public async Task State_ThatIsNotOurs_LetsNobodyIn(string how, string state)
    {
        scene.Issuer.Knows("stateless", ["moderators"]);
        using Visitor visitor = new(scene.Console);
        Uri asked = await ProviderScene.SetOutAsync(visitor);

        string where = await ProviderScene.ComeBackAsync(visitor, asked, scene.Issuer.Code(asked, "stateless"), state: state);

        Assert.True(where.StartsWith("/account/login?problem=Stale", StringComparison.Ordinal), how);
        Assert.False(await ProviderScene.IsInAsync(visitor));
    }

    [Fact]
    public async Task State_ChangedByOneLetter_LetsNobodyIn()
    {
        scene.Issuer.Knows("tampered", ["moderators"]);
        using Visitor visitor = new(scene.Console);
        Uri asked = await ProviderScene.SetOutAsync(visitor);
        char[] state = QueryHelpers.ParseQuery(asked.Query)["state"].ToString().ToCharArray();
        state[state.Length / 2] = state[state.Length / 2] == 'A' ? 'B' : 'A';

        string where = await ProviderScene.ComeBackAsync(visitor, asked, scene.Issuer.Code(asked, "tampered"), state: new string(state));

        Assert.StartsWith("/account/login?problem=Stale", where, StringComparison.Ordinal);
        Assert.False(await ProviderScene.IsInAsync(visitor));
    }

    [Fact]
    public async Task Answer_BegunInAnotherBrowser_LetsNobodyIn()
    {
        scene.Issuer.Knows("lured", ["moderators"]);
        using Visitor attacker = new(scene.Console);
        using Visitor victim = new(scene.Console);
        Uri asked = await ProviderScene.SetOutAsync(attacker);

        string where = await ProviderScene.ComeBackAsync(victim, asked, scene.Issuer.Code(asked, "lured"));

        Assert.StartsWith("/account/login?problem=Stale", where, StringComparison.Ordinal);
        Assert.False(await ProviderScene.IsInAsync(victim));
    }

    [Fact]
    public async Task Answer_UsedASecondTime_LetsNobodyIn()
    {
        scene.Issuer.Knows("twice", ["moderators"]);
        using Visitor visitor = new(scene.Console);
        Uri asked = await ProviderScene.SetOutAsync(visitor);
        string code = scene.Issuer.Code(asked, "twice");
        Assert.Equal("/", await ProviderScene.ComeBackAsync(visitor, asked, code));

        Assert.StartsWith("/account/login?problem=Stale", await ProviderScene.ComeBackAsync(visitor, asked, code), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_OfAnotherSignIn_IsOfNoUse()
    {
        scene.Issuer.Knows("stolen", ["moderators"]);
        using Visitor owner = new(scene.Console);
        using Visitor thief = new(scene.Console);
        string code = scene.Issuer.Code(await ProviderScene.SetOutAsync(owner), "stolen");
        Uri asked = await ProviderScene.SetOutAsync(thief);

        string where = await ProviderScene.ComeBackAsync(thief, asked, code);

        Assert.StartsWith("/account/login?problem=Refuted", where, StringComparison.Ordinal);
        Assert.False(await ProviderScene.IsInAsync(thief));
    }

    [Fact]
    public async Task Answer_ThatNamesAnotherIssuer_LetsNobodyIn()
    {
        scene.Issuer.Knows("mixed", ["moderators"]);
        using Visitor visitor = new(scene.Console);
        Uri asked = await ProviderScene.SetOutAsync(visitor);

        string where = await ProviderScene.ComeBackAsync(visitor, asked, scene.Issuer.Code(asked, "mixed"), issuer: "https://elsewhere.example");

        Assert.StartsWith("/account/login?problem=Refuted", where, StringComparison.Ordinal);
        Assert.False(await ProviderScene.IsInAsync(visitor));
    }

    [Fact]
    public async Task SettingOut_AsksForACodeWithPkceNonceAndState()
    {
        using Visitor visitor = new(scene.Console);

        Uri asked = await ProviderScene.SetOutAsync(visitor);

        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query = QueryHelpers.ParseQuery(asked.Query);
        Assert.Equal($"{scene.Issuer.Address}/authorize", asked.GetLeftPart(UriPartial.Path));
        Assert.Equal(("code", "S256", TestIssuer.ClientId), (query["response_type"].ToString(), query["code_challenge_method"].ToString(), query["client_id"].ToString()));
        Assert.All(["state", "nonce", "code_challenge"], name => Assert.True(query[name].ToString().Length > 20));
        Assert.EndsWith("/account/external/company/callback", query["redirect_uri"].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(TestIssuer.Secret, asked.ToString(), StringComparison.Ordinal);
    }
}
