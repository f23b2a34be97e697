using System.Net;
using System.Text;
using System.Text.Json;
using ModerationConsole.Tests.Support;
using static ModerationConsole.Tests.Integration.Api.ItemsEndpointTests;

namespace ModerationConsole.Tests.Integration.Api;

/// <summary>What strangers send. The program answers in its error shape, stores nothing, and goes on.</summary>
public sealed class BadInputTests(ItemsConsole fixture) : IClassFixture<ItemsConsole>
{
    private readonly WebConsole _console = fixture.Web;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"items\"")]
    [InlineData("{}")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":[],"items":[]}""")]
    [InlineData("""{"items":[{"id":"\ud800","typeId":"it_post","data":{"text":""}}]}""")]
    [InlineData("""{"items":[{"id":"a\u0000b","typeId":"it_post","data":{"text":""}}]}""")]
    [InlineData("""{"items":[null,1,"x",[],{}]}""")]
    public Task Body_ThatIsNoBatch_IsRefusedInTheErrorShape(string body) =>
        _console.PostAsync("items/async/", body).ErrorsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public Task Body_TenThousandLevelsDeep_IsRefused() =>
        _console.PostAsync("items", Batch($"{{\"id\":\"deep\",\"typeId\":\"it_post\",\"data\":{{\"text\":\"x\",\"k\":{new string('[', 10_000)}{new string(']', 10_000)}}}}}"))
            .ErrorsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Body_OfFiftyMegabytes_IsRefusedWithoutBeingTakenIn()
    {
        using HttpRequestMessage request = Request(new ByteArrayContent(new byte[50_000_000]));
        request.Headers.ExpectContinue = true;

        await _console.Client.SendAsync(request, Cancel).ErrorsAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Body_ThatNeverSaysHowLongItIs_IsCutAtTheBound()
    {
        using HttpRequestMessage request = Request(new EndlessContent());

        try
        {
            using HttpResponseMessage response = await _console.Client.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The connection was closed while we still sent, which is as good an answer.
        }

        using HttpResponseMessage next = await _console.PostAsync("items/async", Batch(Items.PostJson("after-the-flood")));
        Assert.Equal(HttpStatusCode.Accepted, next.StatusCode);
    }

    [Fact]
    public async Task Body_JustUnderTheBound_IsTakenIn()
    {
        string text = new('t', 999_000);

        using HttpResponseMessage response = await _console.PostAsync("items/async/", Batch([.. Enumerable.Range(0, 10).Select(place => Items.PostJson($"large-{place}", text))]));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task Text_OfAMegabyte_IsRefusedByItsPointer()
    {
        JsonElement[] errors = await _console.PostAsync("items", Batch(Items.PostJson("long", new string('t', 1_048_576)))).ErrorsAsync(HttpStatusCode.BadRequest);

        Assert.Equal("/items/0/data/text", Assert.Single(errors).GetProperty("pointer").GetString());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Body_OfAnotherMediaType_IsRefused(string type)
    {
        using StringContent content = new(PeerPayloads.Items, Encoding.UTF8, type);

        await _console.SendAsync(HttpMethod.Post, "items", content).ErrorsAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task CompressedBody_IsRefused()
    {
        using StringContent content = new(PeerPayloads.Items, Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");

        await _console.SendAsync(HttpMethod.Post, "items", content).ErrorsAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    public async Task HostileText_InARefusedRequest_IsNotRepeated(string hostile)
    {
        string item = JsonSerializer.Serialize(new { id = hostile + '\n', typeId = hostile, data = new Dictionary<string, object> { [hostile] = hostile, ["text"] = 5 } });

        using HttpResponseMessage response = await _console.PostAsync("items", Batch(item), idempotencyKey: hostile);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("alert", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET", "items", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "items/async/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "nothing/here", HttpStatusCode.NotFound)]
    [InlineData("POST", "", HttpStatusCode.NotFound)]
    public Task WrongAddressOrMethod_IsAnsweredInTheErrorShape(string method, string path, HttpStatusCode status) =>
        _console.SendAsync(new HttpMethod(method), path, null).ErrorsAsync(status);

    [Fact]
    public async Task IdempotencyKey_BeyondItsBound_IsRefused() =>
        await _console.PostAsync("items", PeerPayloads.Items, idempotencyKey: new string('k', 201)).ErrorsAsync(HttpStatusCode.BadRequest);

    private HttpRequestMessage Request(HttpContent content)
    {
        content.Headers.ContentType = new("application/json");
        HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/items") { Content = content };
        request.Headers.Add("X-API-KEY", _console.ApiKey);
        return request;
    }

    /// <summary>Fifty megabytes whose length nobody announced.</summary>
    private sealed class EndlessContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            byte[] block = new byte[64 * 1024];
            for (int sent = 0; sent < 50_000_000; sent += block.Length)
            {
                await stream.WriteAsync(block);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
