using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Api;

public sealed class ApiDocumentTests(ItemsConsole fixture) : IClassFixture<ItemsConsole>
{
    private readonly WebConsole _console = fixture.Web;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_NamesEveryResourceAndNothingElse()
    {
        JsonElement document = await _console.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancel);

        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            [
                "GET /api/v1/audit/cases/{number}/proof", "GET /api/v1/audit/heads/consistency", "GET /api/v1/audit/heads/latest",
                "GET /api/v1/cases", "GET /api/v1/cases/{number}", "GET /api/v1/decisions", "GET /api/v1/policies", "GET /api/v1/webhooks/public-key", "GET /api/v1/webhooks/public-keys",
                "POST /api/v1/actions", "POST /api/v1/items", "POST /api/v1/items/async", "POST /api/v1/notices", "POST /api/v1/report", "POST /api/v1/report/appeal",
            ],
            document.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"))
                .Order(StringComparer.Ordinal));
        Assert.Equal("X-API-KEY", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("ApiKey").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Document_DescribesWhatEachResourceTakesAndNeeds()
    {
        JsonElement document = await _console.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancel);

        JsonElement post = document.GetProperty("paths").GetProperty("/api/v1/items").GetProperty("post");
        Assert.Contains("SubmitItems", post.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.True(post.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
        Assert.Contains(post.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
        Assert.True(post.GetProperty("responses").TryGetProperty("200", out _));
        Assert.True(post.GetProperty("responses").TryGetProperty("400", out _));
    }

    [Theory]
    [InlineData("/api/index.html", "text/html")]
    [InlineData("/api/swagger-ui-bundle.js", "text/javascript")]
    [InlineData("/api/index.js", "application/javascript")]
    public async Task Page_ForPeople_IsServedUnderAPolicyWithoutInlineScript(string path, string type)
    {
        using HttpResponseMessage response = await _console.Client.GetAsync(path, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressWithoutAName_LeadsToThePage()
    {
        using HttpResponseMessage response = await _console.Client.GetAsync("/api", Cancel);

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Moved, HttpStatusCode.Found, HttpStatusCode.OK });
    }
}
