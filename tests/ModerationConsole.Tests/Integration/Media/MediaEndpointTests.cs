using System.Net;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

public sealed class MediaEndpointTests : IAsyncLifetime
{
    private WebConsole _console = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _console = await WebConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task BlurredStill_ForAModerator_IsServedLockedDown()
    {
        using Visitor moderator = await VisitorAsync(Roles.Moderator);
        using HttpResponseMessage response = await moderator.GetAsync($"/media/{await ReadyAsync()}/0");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.ToString());
        Assert.Contains("sandbox", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("no-store", Header(response, "Cache-Control"));
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Equal(MediaCase.BytesOf(MediaStep.BlurredStill), await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task ChildSafety_ForThoseWhoMayNotSeeIt_IsNotThere()
    {
        using Visitor moderator = await VisitorAsync(Roles.Moderator);
        using HttpResponseMessage hidden = await moderator.GetAsync($"/media/{await ReadyAsync(childSafety: true)}/0");
        using HttpResponseMessage absent = await moderator.GetAsync($"/media/{Guid.NewGuid()}/0");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (hidden.StatusCode, absent.StatusCode));
    }

    [Fact]
    public async Task Media_ForStrangersProgramsAndThoseWithoutThePermission_IsRefused()
    {
        string path = $"/media/{await ReadyAsync()}/0";
        using Visitor stranger = new(_console);
        using Visitor admin = await VisitorAsync(Roles.Admin);
        using HttpRequestMessage byKey = new(HttpMethod.Get, path);
        byKey.Headers.Add("X-API-KEY", _console.ApiKey);

        using HttpResponseMessage toStranger = await stranger.GetAsync(path);
        using HttpResponseMessage toAdmin = await admin.GetAsync(path);
        using HttpResponseMessage toProgram = await _console.Client.SendAsync(byKey, Cancel);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized),
            (toStranger.StatusCode, toAdmin.StatusCode, toProgram.StatusCode));
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? Assert.Single(values) : "";

    private async Task<Visitor> VisitorAsync(string role) => (await Visitor.SignedInAsync(_console, role)).Visitor;

    private async Task<Guid> ReadyAsync(bool childSafety = false)
    {
        (string _, Guid holder) = await Visitor.AddAsync(_console, Roles.Moderator);
        return (await MediaCase.OnScreenAsync(_console.Services, holder, sensitivity: childSafety ? Sensitivity.ChildSafety : Sensitivity.Ordinary)).MediaId;
    }
}
