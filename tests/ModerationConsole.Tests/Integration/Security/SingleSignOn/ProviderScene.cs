using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Security.SingleSignOn;

/// <summary>A console that takes the word of a provider of the tests' own.</summary>
public sealed class ProviderScene : IAsyncLifetime
{
    /// <summary>What services ask their tokens for.</summary>
    public const string ServiceAudience = "https://console.example/api";

    /// <summary>A service that the settings know.</summary>
    public const string Service = "uploader";

    public TestIssuer Issuer { get; private set; } = null!;

    public WebConsole Console { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        Console = await WebConsole.StartAsync(Settings(Issuer));
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    public static Dictionary<string, string?> Settings(TestIssuer issuer) => new()
    {
        ["Security:SignInsPerAddress"] = "10000",
        ["SingleSignOn:Providers:company:Authority"] = issuer.Address,
        ["SingleSignOn:Providers:company:ClientId"] = TestIssuer.ClientId,
        ["SingleSignOn:Providers:company:ClientSecret"] = TestIssuer.Secret,
        ["SingleSignOn:Providers:company:DisplayName"] = "Company",
        ["SingleSignOn:Providers:company:Roles:moderators"] = "Moderator",
        ["SingleSignOn:Providers:company:Roles:leads"] = "Lead, QualityReviewer",
        ["SingleSignOn:Providers:company:ServiceAudience"] = ServiceAudience,
        [$"SingleSignOn:Providers:company:Services:{Service}"] = "SubmitItems, ReadPolicies, ReadCases",
        ["SingleSignOn:Providers:trusting:Authority"] = issuer.Address,
        ["SingleSignOn:Providers:trusting:ClientId"] = TestIssuer.ClientId,
        ["SingleSignOn:Providers:trusting:ClientSecret"] = TestIssuer.Secret,
        ["SingleSignOn:Providers:trusting:Roles:moderators"] = "Moderator",
        ["SingleSignOn:Providers:trusting:LinkVerifiedEmail"] = "true",
    };

    /// <summary>Sets out to the provider and returns where the browser is sent.</summary>
    public static async Task<Uri> SetOutAsync(Visitor visitor, string provider = "company", string? returnUrl = null)
    {
        string start = $"/account/external/{provider}";
        using HttpResponseMessage answer = await visitor.GetAsync(returnUrl is null ? start : QueryHelpers.AddQueryString(start, "returnUrl", returnUrl));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!;
    }

    /// <summary>Comes back from the provider with a code and the state that belongs to it, or another.</summary>
    public static async Task<string> ComeBackAsync(Visitor visitor, Uri asked, string code, string provider = "company", string? state = null, string? issuer = null)
    {
        Dictionary<string, string?> answer = new() { ["code"] = code, ["state"] = state ?? QueryHelpers.ParseQuery(asked.Query)["state"].ToString() };
        if (issuer is not null)
        {
            answer["iss"] = issuer;
        }

        using HttpResponseMessage response = await visitor.GetAsync(QueryHelpers.AddQueryString($"/account/external/{provider}/callback", answer));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return response.Headers.Location!.OriginalString;
    }

    /// <summary>The whole way; returns where the person ends up.</summary>
    public async Task<string> SignInAsync(Visitor visitor, string subject, Action<TokenPlan>? change = null, string provider = "company", string? returnUrl = null)
    {
        Uri asked = await SetOutAsync(visitor, provider, returnUrl);
        return await ComeBackAsync(visitor, asked, Issuer.Code(asked, subject, change), provider);
    }

    /// <summary>Whether this browser has a session.</summary>
    public static async Task<bool> IsInAsync(Visitor visitor)
    {
        using HttpResponseMessage answer = await visitor.GetAsync("/account");
        // Whoever holds no role any more is told so; only who has no session is sent to sign in.
        return answer.StatusCode == HttpStatusCode.OK || answer.Headers.Location?.PathAndQuery.StartsWith("/account/denied", StringComparison.Ordinal) == true;
    }

    /// <summary>What the sign-in page says to someone who was sent there.</summary>
    public static async Task<string> WordsAsync(Visitor visitor, string where)
    {
        using HttpResponseMessage page = await visitor.GetAsync(where);
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancel));
    }
}
