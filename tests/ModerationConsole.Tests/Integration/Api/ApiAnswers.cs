using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ModerationConsole.Tests.Integration.Api;

/// <summary>What answers of the API must look like.</summary>
internal static class ApiAnswers
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The errors of an answer, after its shape was found to be exactly the peer's.</summary>
    public static async Task<JsonElement[]> ErrorsAsync(this Task<HttpResponseMessage> answering, HttpStatusCode status)
    {
        using HttpResponseMessage response = await answering;
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        JsonProperty only = Assert.Single(body.EnumerateObject());
        Assert.Equal("errors", only.Name);
        JsonElement[] errors = [.. only.Value.EnumerateArray()];
        Assert.NotEmpty(errors);
        Assert.All(errors, error =>
        {
            Assert.Equal((int)status, error.GetProperty("status").GetInt32());
            Assert.StartsWith("/errors/", error.GetProperty("type")[0].GetString(), StringComparison.Ordinal);
            Assert.NotEmpty(error.GetProperty("title").GetString()!);
            Assert.NotEmpty(error.GetProperty("requestId").GetString()!);
            Assert.Empty(error.EnumerateObject().Select(member => member.Name).Except(["status", "type", "title", "detail", "pointer", "requestId"]));
        });
        return errors;
    }

    /// <summary>The body of an answer that must have this status.</summary>
    public static async Task<JsonElement> BodyAsync(this Task<HttpResponseMessage> answering, HttpStatusCode status)
    {
        using HttpResponseMessage response = await answering;
        Assert.Equal(status, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }
}
