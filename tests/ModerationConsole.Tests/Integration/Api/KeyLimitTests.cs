using System.Net;
using System.Net.Http.Headers;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Api;

/// <summary>How keys are bounded by the settings of the whole console.</summary>
public sealed class KeyLimitTests : IAsyncLifetime
{
    private WebConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _console = await WebConsole.StartAsync(new() { ["Api:RequestsPerSecond"] = "1", ["Api:Burst"] = "5", ["ForwardedHeaders_Enabled"] = "true" });

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task TooManyRequests_OfOneKey_AreTurnedAwayAndOthersAreNot()
    {
        CreatedKey other = await _console.KeyAsync(Permission.SubmitItems);

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _console.PostAsync("items", "{}")));

        HttpResponseMessage turnedAway = responses.First(response => response.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal("1", turnedAway.Headers.RetryAfter?.ToString());
        await Task.FromResult(turnedAway).ErrorsAsync(HttpStatusCode.TooManyRequests);
        await _console.PostAsync("items", "{}", other.Key).ErrorsAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("203.0.113.9", HttpStatusCode.BadRequest)]
    [InlineData("::ffff:203.0.113.9", HttpStatusCode.BadRequest)]
    [InlineData("198.51.100.9", HttpStatusCode.Forbidden)]
    // The proxy appends whom it saw: what stands before that was claimed by a stranger.
    [InlineData("203.0.113.9, 198.51.100.9", HttpStatusCode.Forbidden)]
    public async Task Request_ThroughATrustedProxy_IsJudgedByTheAddressThatTheProxySaw(string forwarded, HttpStatusCode status)
    {
        CreatedKey key = await _console.KeyAsync(wish => wish with { Networks = "203.0.113.0/24" }, Permission.SubmitItems);
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/items") { Content = new StringContent("{}", new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("X-API-KEY", key.Key);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwarded);

        await _console.Client.SendAsync(request, Cancel).ErrorsAsync(status);
    }
}
