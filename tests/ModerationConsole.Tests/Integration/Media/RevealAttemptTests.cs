using System.Text;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Media;
using ModerationConsole.Tests.Support;
using ModerationConsole.Tests.Support.Media;

namespace ModerationConsole.Tests.Integration.Media;

/// <summary>Nothing above the blurred still leaves the server but what was granted, and whoever tries is in the audit.</summary>
public sealed class RevealAttemptTests(RevealAttemptTests.Running running) : IClassFixture<RevealAttemptTests.Running>
{
    public static TheoryData<string> Names => [.. RevealAttempts.All.Select(attempt => attempt.Name)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Attempts_AreAtLeastFortyAndEachHasItsName()
    {
        Assert.InRange(RevealAttempts.All.Count, 40, int.MaxValue);
        Assert.Equal(RevealAttempts.All.Count, RevealAttempts.All.DistinctBy(attempt => attempt.Name).Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attempt_ToSeeMoreThanTheStill_IsRefusedAndInTheAudit(string name)
    {
        Attempt attempt = RevealAttempts.All.Single(one => one.Name == name);
        using AttemptStage stage = await AttemptStage.SetAsync(running.Console);

        using HttpResponseMessage answer = await attempt.Do(stage);

        Assert.Equal(attempt.Expected, answer.StatusCode);
        string body = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.DoesNotContain("the bytes of step", body, StringComparison.Ordinal);
        Assert.DoesNotContain(Encoding.Latin1.GetString(stage.Scene.Original[^16..]), body, StringComparison.Ordinal);
        List<AuditEntry> denials = await running.Console.ReadAsync(db => db.Set<AuditEntry>()
            .Where(entry => entry.Act == AuditAct.MediaDenied && entry.Subject == stage.Scene.MediaId.ToString()).ToListAsync(Cancel));
        if (attempt.Recorded is { } outcome)
        {
            Assert.Contains($"\"outcome\":\"{outcome}\"", Assert.Single(denials).Details, StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(denials);
        }
    }

    [Fact]
    public async Task SameStage_WithTheRightReveal_IsServed()
    {
        using AttemptStage stage = await AttemptStage.SetAsync(running.Console);

        using HttpResponseMessage answer = await stage.GetAsync(1, await stage.RevealAsync());

        Assert.Equal(MediaCase.BytesOf(MediaStep.GreyStill), await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    public sealed class Running : IAsyncLifetime
    {
        public WebConsole Console { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Console = await WebConsole.StartAsync(new()
        {
            ["Security:SignInsPerAddress"] = "10000",
            ["Security:SignInsPerAccount"] = "10000",
        });

        public ValueTask DisposeAsync() => Console.DisposeAsync();
    }
}
