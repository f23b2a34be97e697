using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Api;

public sealed class CaseEndpointTests(ItemsConsole fixture) : IClassFixture<ItemsConsole>
{
    private readonly WebConsole _console = fixture.Web;

    [Fact]
    public async Task Cases_Listed_AreWalkedThroughByTheCursorWithoutAGap()
    {
        long[] made = [await CaseAsync(), await CaseAsync(), await CaseAsync(), await CaseAsync(), await CaseAsync()];
        List<long> seen = [];

        string? next = $"{made[^1] + 1}";
        while (next is not null && seen.Count < 100)
        {
            JsonElement part = await _console.ReadAsync($"cases?limit=2&cursor={next}");
            seen.AddRange(part.GetProperty("cases").EnumerateArray().Select(row => row.GetProperty("number").GetInt64()));
            next = part.GetProperty("next").GetString();
        }

        Assert.Equal(made.Reverse(), seen.Take(5));
        Assert.Equal(seen.OrderDescending().Distinct(), seen);
    }

    [Fact]
    public async Task Cases_Filtered_AreThoseOfTheStateAndQueue()
    {
        long open = await CaseAsync();
        long closed = await CaseAsync();
        await EndAsync(closed, DecisionState.Effective, final: true);

        JsonElement row = (await ListAsync("status=open&queue=everything")).Single(row => Number(row) == open);
        Assert.Equal(("open", "everything", "item", "ordinary"),
            (row.GetProperty("status").GetString(), row.GetProperty("queue").GetString(), row.GetProperty("source").GetString(), row.GetProperty("sensitivity").GetString()));
        Assert.Equal("it_post", row.GetProperty("item").GetProperty("typeId").GetString());
        Assert.DoesNotContain(closed, (await ListAsync("status=open")).Select(Number));
        Assert.Contains(closed, (await ListAsync("status=decided")).Select(Number));
        Assert.Empty(await ListAsync("queue=no-such-queue"));
    }

    [Fact]
    public async Task Case_Read_TellsItsReportsAndItsFinalDecision()
    {
        long number = await CaseAsync();
        await _console.PostAsync("report", PeerPayloads.Report.Replace("\"p-481\"", $"\"c-{number}\"", StringComparison.Ordinal)
            .Replace("\"data\":{\"text\":\"cheap followers here\",\"author\":{\"id\":\"u-77\",\"typeId\":\"it_user\"}}", $"\"data\":{{\"text\":\"text of {number}\"}}", StringComparison.Ordinal))
            .BodyAsync(HttpStatusCode.Created);
        await EndAsync(number, DecisionState.Effective, final: true);

        JsonElement body = await _console.ReadAsync($"cases/{number}");

        Assert.Equal(number, body.GetProperty("case").GetProperty("number").GetInt64());
        Assert.Equal("decided", body.GetProperty("case").GetProperty("status").GetString());
        JsonElement decision = body.GetProperty("decision");
        Assert.Equal(("violation", "said to the user"), (decision.GetProperty("verdict").GetString(), decision.GetProperty("reason").GetString()));
        Assert.DoesNotContain("only for the team", body.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain($"text of {number}", body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cases?status=gone")]
    [InlineData("cases?status=1")]
    [InlineData("cases?cursor=-1")]
    [InlineData("cases?cursor=x")]
    [InlineData("cases?limit=0")]
    [InlineData("cases?limit=100000")]
    [InlineData("decisions?since=yesterday")]
    [InlineData("decisions?since=999999999999999999-1")]
    public async Task Question_ThatMakesNoSense_IsRefused(string path) => await _console.GetAsync(path).ErrorsAsync(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("cases/999999999")]
    [InlineData("cases/999999999999999999999")]
    [InlineData("cases/abc")]
    public async Task Case_ThatIsNotThere_IsNotFound(string path) => await _console.GetAsync(path).ErrorsAsync(HttpStatusCode.NotFound);

    [Fact]
    public async Task ChildSafetyCase_IsKnownOnlyToKeysWithThatScope()
    {
        CreatedKey plain = await _console.KeyAsync(Permission.ReadCases);
        long number = await CaseAsync();
        await _console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(row => row.Number == number)).Sensitivity = Sensitivity.ChildSafety);
        await EndAsync(number, DecisionState.Effective, final: true);

        await _console.GetAsync($"cases/{number}", plain.Key).ErrorsAsync(HttpStatusCode.NotFound);
        Assert.DoesNotContain(number, (await ListAsync("", plain.Key)).Select(Number));
        Assert.DoesNotContain(number, (await FollowAsync(null, plain.Key)).Numbers);
        Assert.Contains(number, (await ListAsync("")).Select(Number));
        Assert.Contains(number, (await FollowAsync(null)).Numbers);
    }

    [Fact]
    public async Task Decisions_Followed_AppearOnceWhenTheyAreFinal()
    {
        long undone = await CaseAsync();
        long pending = await CaseAsync();
        long final = await CaseAsync();
        (_, string before) = await FollowAsync(null);
        await EndAsync(undone, DecisionState.Undone, final: true);
        await EndAsync(pending, DecisionState.Effective, final: false);
        await EndAsync(final, DecisionState.Effective, final: true);

        (long[] numbers, string next) = await FollowAsync(before);

        Assert.Equal([final], numbers);
        Assert.Equal(([], next), await FollowAsync(next), (one, other) => one.Item1.SequenceEqual(other.Item1) && one.Item2 == other.Item2);
        Assert.Contains(final, (await FollowAsync("1960-01-01T00:00:00Z")).Numbers);
        Assert.Empty((await FollowAsync("2999-01-01T00:00:00Z")).Numbers);
    }

    [Theory]
    [InlineData("cases")]
    [InlineData("cases/1")]
    [InlineData("decisions")]
    public async Task Reading_WithoutTheScope_IsForbidden(string path)
    {
        CreatedKey key = await _console.KeyAsync(Permission.SubmitItems);

        await _console.GetAsync(path, key.Key).ErrorsAsync(HttpStatusCode.Forbidden);
    }

    private static long Number(JsonElement row) => row.GetProperty("number").GetInt64();

    private static readonly Lock s_gate = new();
    private static DateTimeOffset s_lastFinal = DateTimeOffset.UnixEpoch;

    private async Task<long> CaseAsync()
    {
        string id = Guid.NewGuid().ToString();
        JsonElement body = await _console.PostAsync("items", ItemsEndpointTests.Batch(Items.PostJson(id, $"text of {id}"))).BodyAsync(HttpStatusCode.OK);
        return body.GetProperty("results")[0].GetProperty("caseNumber").GetInt64();
    }

    /// <summary>A decision as it stands in the database: inside or beyond its window, perhaps taken back.</summary>
    private Task<int> EndAsync(long number, DecisionState state, bool final) => _console.WriteAsync(async scope =>
    {
        Case about = await scope.Db.Set<Case>().SingleAsync(row => row.Number == number);
        ReviewTask task = await scope.Db.Set<ReviewTask>().SingleAsync(row => row.CaseNumber == number);
        DateTimeOffset until;
        lock (s_gate)
        {
            // Each later than the one before, and all of them long ago.
            until = s_lastFinal = s_lastFinal.AddSeconds(1);
        }

        Decision decision = new()
        {
            CaseNumber = number,
            CaseVersion = about.CaseVersion,
            TaskNumber = task.Number,
            DecidedAt = scope.Now,
            UndoUntil = final ? until : scope.Now.AddMinutes(1),
            Verdict = Verdict.Violation,
            ReasonForUser = "said to the user",
            InternalNote = "only for the team",
        };
        if (state == DecisionState.Undone)
        {
            decision.Undo(until);
        }

        scope.Db.Add(decision);
        about.Decide(decision.Id, scope.Now);
        task.Finish(scope.Now);
        await scope.StopWaitingAsync(task.Number, CancellationToken.None);
        return 0;
    });

    private async Task<JsonElement[]> ListAsync(string query, string? key = null) =>
        [.. (await _console.ReadAsync($"cases?limit=200&{query}", key)).GetProperty("cases").EnumerateArray()];

    private async Task<(long[] Numbers, string Next)> FollowAsync(string? since, string? key = null)
    {
        JsonElement body = await _console.ReadAsync(since is null ? "decisions" : $"decisions?since={Uri.EscapeDataString(since)}", key);
        return ([.. body.GetProperty("decisions").EnumerateArray().Select(row => row.GetProperty("caseNumber").GetInt64())], body.GetProperty("next").GetString()!);
    }
}
