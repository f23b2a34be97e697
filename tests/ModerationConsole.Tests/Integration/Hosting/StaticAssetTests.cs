using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;

namespace ModerationConsole.Tests.Integration.Hosting;

/// <summary>
/// The build defines the root's wwwroot by hand (RootWebAssets.targets); here is what must come of it. In Production,
/// because only Development turns on by itself what serves these files to a build that is run from source.
/// </summary>
public sealed partial class StaticAssetTests(StaticAssetTests.InProduction factory)
    : IClassFixture<StaticAssetTests.InProduction>
{
    public sealed class InProduction : WebApplicationFactory<Program>
    {
        private readonly string _data = Directory.CreateTempSubdirectory("console-assets-").FullName;

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            SqliteConnection.ClearAllPools();
            Directory.Delete(_data, recursive: true);
            GC.SuppressFinalize(this);
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder) =>
            builder.UseEnvironment(Environments.Production).UseSetting("Data:Directory", _data);
    }

    [Theory]
    [InlineData("/css/app.css", "text/css")]
    [InlineData("/js/shell.js", "text/javascript")]
    [InlineData("/_content/Radzen.Blazor/Radzen.Blazor.js", "text/javascript")]
    [InlineData("/_framework/blazor.web.js", "text/javascript")]
    public async Task StaticAsset_AskedByItsName_IsServed(string address, string type)
    {
        using var client = factory.CreateClient();

        using var response = await client.GetAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StaticAsset_AskedByTheFingerprintThePageNames_IsTheSame()
    {
        using var client = factory.CreateClient();
        var page = await client.GetStringAsync("/", TestContext.Current.CancellationToken);
        var address = FingerprintedStyle().Match(page).Groups["address"].Value;
        Assert.NotEmpty(address);

        using var response = await client.GetAsync("/" + address, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var style = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(style);
        Assert.Equal(await client.GetStringAsync("/css/app.css", TestContext.Current.CancellationToken), style);
    }

    [GeneratedRegex("""href="(?<address>css/app\.[a-z0-9]+\.css)""")]
    private static partial Regex FingerprintedStyle();
}
