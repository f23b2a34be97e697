using System.Net;
using System.Net.Http.Headers;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>How a step is served once it was granted.</summary>
public sealed class MediaServingTests : IAsyncLifetime
{
    private WebConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await WebConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task GrantedStep_IsServedLockedDownUnderANameOfOurs()
    {
        (Visitor moderator, MediaCase scene, Guid person) = await SceneAsync();
        using Visitor visitor = moderator;
        string path = $"/media/{scene.MediaId}/2?reveal={await scene.RevealAsync(person, MediaStep.Filtered)}";
        using HttpResponseMessage response = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(MediaCase.BytesOf(MediaStep.Filtered), await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("inline; filename=\"media-step-2.jpeg\"", response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("default-src 'none'; sandbox; frame-ancestors 'none'", Header(response, "Content-Security-Policy"));
        Assert.Equal("no-store", Header(response, "Cache-Control"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Null(response.Headers.ETag);
        Assert.Null(response.Content.Headers.LastModified);
    }

    [Fact]
    public async Task Video_IsServedInPartsAsAsked()
    {
        byte[] video = await File.ReadAllBytesAsync(SampleMedia.Mp4, Cancel);
        (Visitor moderator, MediaCase scene, Guid person) = await SceneAsync(video);
        using Visitor visitor = moderator;
        string path = $"/media/{scene.MediaId}/3?reveal={await scene.RevealAsync(person, MediaStep.Original)}";
        int length = scene.Original.Length;

        using HttpResponseMessage part = await AskAsync(visitor, path, range: "bytes=100-199");
        using HttpResponseMessage end = await AskAsync(visitor, path, range: "bytes=-50");
        using HttpResponseMessage outside = await AskAsync(visitor, path, range: $"bytes={length}-");
        using HttpResponseMessage many = await AskAsync(visitor, path, range: "bytes=0-9,20-29");
        using HttpResponseMessage nonsense = await AskAsync(visitor, path, range: "pages=1-2");
        using HttpResponseMessage conditional = await AskAsync(visitor, path, range: "bytes=0-9", ifRange: "\"anything\"");

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(100, 199, length), part.Content.Headers.ContentRange);
        Assert.Equal("video/mp4", part.Content.Headers.ContentType?.ToString());
        Assert.Equal(scene.Original[100..200], await part.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(scene.Original[^50..], await end.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal((HttpStatusCode)416, outside.StatusCode);
        Assert.All(new[] { many, nonsense, conditional }, whole => Assert.Equal((HttpStatusCode.OK, length), (whole.StatusCode, (int)whole.Content.Headers.ContentLength!)));
    }

    [Fact]
    public async Task Head_OfAGrantedStep_SaysHowLongItIs()
    {
        (Visitor moderator, MediaCase scene, Guid person) = await SceneAsync();
        using Visitor visitor = moderator;
        using HttpRequestMessage head = new(HttpMethod.Head, $"/media/{scene.MediaId}/1?reveal={await scene.RevealAsync(person)}");
        using HttpResponseMessage response = await visitor.Client.SendAsync(head, Cancel);

        Assert.Equal((HttpStatusCode.OK, MediaCase.BytesOf(MediaStep.GreyStill).Length), (response.StatusCode, (int)response.Content.Headers.ContentLength!));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task Stream_WhoseTaskLeavesTheScreen_IsBrokenOff()
    {
        byte[] video = [.. await File.ReadAllBytesAsync(SampleMedia.Mp4, Cancel), .. new byte[24 * 1024 * 1024]];
        (Visitor moderator, MediaCase scene, Guid person) = await SceneAsync(video);
        using Visitor visitor = moderator;
        Uri path = new($"/media/{scene.MediaId}/3?reveal={await scene.RevealAsync(person, MediaStep.Original)}", UriKind.Relative);
        using HttpResponseMessage response = await visitor.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using Stream body = await response.Content.ReadAsStreamAsync(Cancel);
        byte[] buffer = new byte[64 * 1024];
        Assert.True(await body.ReadAsync(buffer, Cancel) > 0);

        await scene.ReleaseAsync();

        // A player that takes its time, so that the server waits for it.
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(20));
        long read = buffer.Length;
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await body.ReadAsync(buffer, Cancel) is > 0 and var more)
            {
                read += more;
                await pace.WaitForNextTickAsync(Cancel);
            }

            Assert.Fail("It was served to its end.");
        });
        Assert.InRange(read, 1, scene.Original.Length - 1);
    }

    private static async Task<HttpResponseMessage> AskAsync(Visitor visitor, string path, string range, string? ifRange = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        Assert.True(request.Headers.TryAddWithoutValidation("Range", range));
        if (ifRange is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("If-Range", ifRange));
        }

        return await visitor.Client.SendAsync(request, Cancel);
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? Assert.Single(values) : "";

    private async Task<(Visitor Moderator, MediaCase Scene, Guid Person)> SceneAsync(byte[]? original = null)
    {
        (Visitor moderator, Guid person) = await Visitor.SignedInAsync(_console, Roles.Moderator);
        return (moderator, await MediaCase.OnScreenAsync(_console.Services, person, original), person);
    }
}
