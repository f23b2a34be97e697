using System.Net;
using Microsoft.Extensions.Configuration;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Hosting;

namespace ModerationConsole.Tests.Integration.Security;

public sealed class HardeningTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Strangers_OfOneAddressWhoAskTooMuch_AreToldToWaitAndOthersAreNot()
    {
        await using WebConsole console = await WebConsole.StartAsync(new() { ["Security:StrangersPerAddress"] = "8" });
        (Visitor visitor, _) = await Visitor.SignedInAsync(console, Roles.Moderator);
        using Visitor signedIn = visitor;
        using Visitor stranger = new(console);
        HttpStatusCode last = HttpStatusCode.OK;
        for (int asked = 0; asked < 9 && last != HttpStatusCode.TooManyRequests; asked++)
        {
            using HttpResponseMessage answer = await stranger.GetAsync("/account/login");
            last = answer.StatusCode;
        }

        using HttpResponseMessage page = await stranger.GetAsync("/account/login");
        using HttpResponseMessage guess = await console.GetAsync("cases", key: "mc_a-guess");
        using HttpResponseMessage known = await signedIn.GetAsync("/");
        using HttpResponseMessage program = await console.GetAsync("cases");
        using HttpResponseMessage file = await stranger.GetAsync("/css/app.css");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (page.StatusCode, guess.StatusCode));
        Assert.All([page, guess], answer => Assert.Equal(TimeSpan.FromSeconds(10), answer.Headers.RetryAfter?.Delta));
        Assert.Contains("too-many-requests", await guess.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (known.StatusCode, program.StatusCode, file.StatusCode));
    }

    [Fact]
    public void ShippedSettings_OfTheProgram_HoldNoSecret() =>
        SettingsSecrets.Refuse(new ConfigurationBuilder().SetBasePath(Sources.Root).AddJsonFile("appsettings.json").Build());

    [Theory]
    [InlineData("""{"OnCall":{"Secret":"x"}}""", "OnCall:Secret")]
    [InlineData("""{"Security":{"KeyCertificatePassword":"x"}}""", "Security:KeyCertificatePassword")]
    [InlineData("""{"SingleSignOn":{"Providers":{"a":{"ClientSecret":"x"}}}}""", "SingleSignOn:Providers:a:ClientSecret")]
    [InlineData("""{"ConnectionStrings":{"Console":"Host=db;Username=a;Password=x"}}""", "ConnectionStrings:Console")]
    [InlineData("""{"ConnectionStrings":{"Console":"Server=db;User Id=a;Pwd=x"}}""", "ConnectionStrings:Console")]
    public void Settings_WithASecretInTheFile_AreRefusedByItsNameAndNotItsValue(string json, string key)
    {
        StartRefusedException refused = Assert.Throws<StartRefusedException>(() => SettingsSecrets.Refuse(Written(json)));

        Assert.StartsWith($"{key} stands in appsettings.json", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("=x", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"OnCall":{"Secret":""},"ConnectionStrings":{"Console":"Data Source=a.db"}}""")]
    [InlineData("""{"Demo":{"Password":"x"}}""")]
    public void Settings_WithoutASecret_AreTaken(string json) => SettingsSecrets.Refuse(Written(json));

    [Fact]
    public void Secret_FromTheEnvironment_IsTaken() =>
        SettingsSecrets.Refuse(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("OnCall:Secret", (string?)"x")]).Build());

    private static IConfigurationRoot Written(string json)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("settings-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), json);
            return new ConfigurationBuilder().SetBasePath(folder.FullName).AddJsonFile("appsettings.json").Build();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
