using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
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
    public async Task Notice_Sent_IsAnsweredWithItsReceiptAndItsMistakesByPointer()
    {
        string key = Guid.NewGuid().ToString();
        string body = JsonSerializer.Serialize(new
        {
            type = "dsa-16", jurisdiction = "DE", sender = "Someone", reference = key, receivedAt = _console.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
            items = new[] { new { id = $"p-{key}", typeId = Items.Post.Id, data = new { text = "some text" } } },
        });

        JsonElement receipt = await _console.PostAsync("notices", body, idempotencyKey: key).BodyAsync(HttpStatusCode.Created);
        JsonElement again = await _console.PostAsync("notices", body).BodyAsync(HttpStatusCode.Created);

        Assert.Equal(["id", "number", "type", "receivedAt", "dueAt", "clockMinutes", "byLaw", "cases"], receipt.EnumerateObject().Select(member => member.Name));
        Assert.Equal(TimeSpan.FromHours(72), receipt.GetProperty("dueAt").GetDateTimeOffset() - receipt.GetProperty("receivedAt").GetDateTimeOffset());
        Assert.Equal(receipt.GetProperty("number").GetInt64(), again.GetProperty("number").GetInt64());
        JsonElement error = Assert.Single(await _console.PostAsync("notices", body.Replace("\"DE\"", "\"Germany\"", StringComparison.Ordinal)).ErrorsAsync(HttpStatusCode.BadRequest));
        Assert.Equal("/jurisdiction", error.GetProperty("pointer").GetString());
        await _console.PostAsync("notices", body, idempotencyKey: key[..^1]).BodyAsync(HttpStatusCode.Created);
        await _console.PostAsync("notices", body + " ", idempotencyKey: key).ErrorsAsync(HttpStatusCode.Conflict);
        CreatedKey other = await _console.KeyAsync(Permission.SubmitItems);
        await _console.PostAsync("notices", body, other.Key).ErrorsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Report_WithoutTheScope_IsForbidden()
    {
        CreatedKey key = await _console.KeyAsync(Permission.SubmitItems);

        await _console.PostAsync("report", PeerPayloads.Report, key.Key).ErrorsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task PeersAppeal_OfAnUnknownAction_IsRefusedByItsPointer()
    {
        string body = PeerPayloads.Appeal.Replace("act_delete", "act_never_defined", StringComparison.Ordinal);

        JsonElement error = Assert.Single(await _console.PostAsync("report/appeal", body).ErrorsAsync(HttpStatusCode.BadRequest));

        Assert.Equal(("/actionsTaken/0", "/errors/invalid-user-input"), (error.GetProperty("pointer").GetString(), error.GetProperty("type")[0].GetString()));
    }

    [Fact]
    public async Task PeersAppeal_AgainstADecisionInForce_IsAnsweredWithoutABodyAndWithAReceipt()
    {
        await ActedOnAsync();

        using HttpResponseMessage first = await _console.PostAsync("report/appeal", PeerPayloads.Appeal, idempotencyKey: "appeal-1");
        using HttpResponseMessage again = await _console.PostAsync("report/appeal", PeerPayloads.Appeal, idempotencyKey: "appeal-1");
        string other = PeerPayloads.Appeal.Replace("ap-31", "ap-32", StringComparison.Ordinal);

        Assert.Equal((HttpStatusCode.NoContent, 0L), (first.StatusCode, first.Content.Headers.ContentLength ?? 0));
        Assert.Equal(first.Headers.GetValues("Appeal-Receipt"), again.Headers.GetValues("Appeal-Receipt"));
        JsonElement error = Assert.Single(await _console.PostAsync("report/appeal", other).ErrorsAsync(HttpStatusCode.Conflict));
        Assert.Equal("/appealId", error.GetProperty("pointer").GetString());
    }

    // What the peer's example is about: its post was deleted.
    private async Task ActedOnAsync()
    {
        CancellationToken cancel = Cancel;
        await _console.PostAsync("items", PeerPayloads.Items).BodyAsync(HttpStatusCode.OK);
        await _console.WriteAsync(async scope =>
        {
            ReviewTask task = await (
                from row in scope.Db.Set<ReviewTask>()
                join about in scope.Db.Set<Case>() on row.CaseNumber equals about.Number
                join item in scope.Db.Set<ItemVersion>() on about.ItemVersionId equals item.Id
                where item.ItemId == "p-481" && item.CreatorId == "u-77"
                orderby row.Number
                select row).FirstAsync(cancel);
            scope.Db.Add(new ActionDefinition { Id = "act_delete", Name = "Delete" });
            scope.Db.Add(new Decision
            {
                CaseNumber = task.CaseNumber, CaseVersion = 1, TaskNumber = task.Number, Verdict = Verdict.Violation, Actions = "act_delete",
                DecidedAt = scope.Now.AddMinutes(-2), UndoUntil = scope.Now.AddMinutes(-1),
            });
            return true;
        });
    }

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
