using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Api;

public sealed class ReportEndpointTests(ItemsConsole fixture) : IClassFixture<ItemsConsole>
{
    private readonly WebConsole _console = fixture.Web;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("report")]
    [InlineData("report/")]
    public async Task PeersReport_Sent_IsAnsweredWithItsId(string path)
    {
        JsonElement body = await _console.PostAsync(path, PeerPayloads.Report).BodyAsync(HttpStatusCode.Created);

        Guid id = Assert.Single(body.EnumerateObject(), member => member.Name == "reportId").Value.GetGuid();
        Assert.Equal("u-12", (await _console.ReadAsync(db => db.Set<Report>().SingleAsync(row => row.Id == id, Cancel))).ReporterId);
    }

    [Fact]
    public async Task Report_TwiceUnderOneKey_IsAnsweredTheSame()
    {
        string key = Guid.NewGuid().ToString();
        string body = PeerPayloads.Report.Replace("u-12", key, StringComparison.Ordinal);

        JsonElement first = await _console.PostAsync("report", body, idempotencyKey: key).BodyAsync(HttpStatusCode.Created);
        JsonElement second = await _console.PostAsync("report", body, idempotencyKey: key).BodyAsync(HttpStatusCode.Created);

        Assert.Equal(first.GetProperty("reportId").GetGuid(), second.GetProperty("reportId").GetGuid());
        await _console.PostAsync("report", PeerPayloads.Report, idempotencyKey: key).ErrorsAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Report_WithABadDate_IsRefusedByItsPointer()
    {
        string body = PeerPayloads.Report.Replace("2026-05-02T10:00:00Z", "soon", StringComparison.Ordinal);

        JsonElement error = Assert.Single(await _console.PostAsync("report", body).ErrorsAsync(HttpStatusCode.BadRequest));

        Assert.Equal("/reportedAt", error.GetProperty("pointer").GetString());
        Assert.Equal("/errors/invalid-user-input", error.GetProperty("type")[0].GetString());
    }

    [Fact]
    public async Task Report_WithoutTheScope_IsForbidden()
    {
        CreatedKey key = await _console.KeyAsync(Permission.SubmitItems);

        await _console.PostAsync("report", PeerPayloads.Report, key.Key).ErrorsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public Task Appeal_Sent_IsSaidNotToBeThereYet() =>
        _console.PostAsync("report/appeal", PeerPayloads.Appeal).ErrorsAsync(HttpStatusCode.NotImplemented);

    [Theory]
    [InlineData("policies")]
    [InlineData("policies/")]
    public async Task Policies_Read_HaveThePeersShape(string path)
    {
        await using WebConsole console = await WebConsole.StartAsync();
        await console.WriteAsync(scope =>
        {
            scope.Db.Add(new Policy { Id = "pol_spam", Code = "1", Name = "Spam" });
            scope.Db.Add(new Policy { Id = "pol_likes", Code = "1.1", Name = "Fake likes", ParentId = "pol_spam" });
            scope.Db.Add(new Policy { Id = "pol_old", Code = "2", Name = "Old", Archived = true });
            return Task.FromResult(0);
        });

        JsonElement body = await console.ReadAsync(path);

        Assert.Equal(
            """{"policies":[{"id":"pol_spam","name":"Spam","parentId":null},{"id":"pol_likes","name":"Fake likes","parentId":"pol_spam"}]}""",
            body.GetRawText());
    }
}
