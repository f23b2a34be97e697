using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Tests.Unit.People;

/// <summary>Which settings of providers the console starts with.</summary>
public sealed class SingleSignOnOptionsTests
{
    [Fact]
    public void Settings_ThatAreWhole_AreAccepted() => Assert.True(Check().Succeeded);

    [Theory]
    [InlineData("Authority", "http://login.example", ":Authority must begin with https")]
    [InlineData("Authority", "ftp://login.example", ":Authority must begin with https")]
    [InlineData("Authority", "login.example", ":Authority must be the provider's issuer")]
    [InlineData("Authority", "https://user:pass@login.example", ":Authority must be the provider's issuer")]
    [InlineData("Authority", "https://login.example?tenant=1", ":Authority must be the provider's issuer")]
    [InlineData("ClientId", "", ":ClientId is missing")]
    [InlineData("Scopes", "profile email", ":Scopes must hold openid")]
    [InlineData("GroupsClaim", "", ":GroupsClaim is missing")]
    [InlineData("Roles:nobody", "", ":Roles:nobody names no role")]
    [InlineData("Roles:blanks", " , ", ":Roles:blanks names no role")]
    [InlineData("Services:uploader", "SubmitItems", ":ServiceAudience is missing")]
    [InlineData("Services:uploader", "SubmitItems,ManagePeople", ":Services:uploader names nothing that a program may do: ManagePeople")]
    [InlineData("Services:uploader", " ", ":Services:uploader names nothing")]
    public void Setting_ThatIsWrong_IsNamed(string key, string value, string fault) =>
        Assert.Contains(Check((key, value)).Failures!, one => one.StartsWith($"SingleSignOn:Providers:company{fault}", StringComparison.Ordinal));

    [Theory]
    [InlineData("Authority", "http://localhost:8080/realms/a")]
    [InlineData("Authority", "http://127.0.0.1:8080")]
    [InlineData("Roles:all", "Moderator, Lead")]
    public void Setting_ThatIsUnusualButSafe_IsAccepted(string key, string value) => Assert.True(Check((key, value)).Succeeded);

    [Theory]
    [InlineData("https://console.example/api", true)]
    [InlineData("console", false)]
    public void Services_HaveAnAudienceThatNoSignInHas(string audience, bool accepted) =>
        Assert.Equal(accepted, Check(("Services:uploader", "SubmitItems, ReadCases"), ("ServiceAudience", audience)).Succeeded);

    [Fact]
    public void Http_ElsewhereThanHere_NeedsASettingOfItsOwn() =>
        Assert.True(Check(("Authority", "http://login.example"), ("AllowHttp", "true")).Succeeded);

    [Fact]
    public void LocalAccounts_SwitchedOffWithoutAProvider_AreRefused()
    {
        ValidateOptionsResult result = new SingleSignOnOptionsValidator().Validate(null, new SingleSignOnOptions { LocalAccounts = false });
        Assert.Contains("nobody could sign in", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void Provider_WithANameThatIsNoAddress_IsRefused()
    {
        SingleSignOnOptions options = new();
        options.Providers["../x"] = new ProviderOptions { Authority = "https://login.example", ClientId = "console", Roles = { ["a"] = "Lead" } };
        Assert.Single(new SingleSignOnOptionsValidator().Validate(null, options).Failures!);
    }

    private static ValidateOptionsResult Check(params (string Key, string Value)[] changes)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Authority"] = "https://login.example/tenant/v2.0",
            ["ClientId"] = "console",
            ["Roles:moderators"] = "Moderator",
        };
        foreach ((string key, string value) in changes)
        {
            settings[key] = value;
        }

        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create($"SingleSignOn:Providers:company:{pair.Key}", pair.Value))).Build();
        return new SingleSignOnOptionsValidator().Validate(null, configuration.GetSection(SingleSignOnOptions.Section).Get<SingleSignOnOptions>()!);
    }
}
