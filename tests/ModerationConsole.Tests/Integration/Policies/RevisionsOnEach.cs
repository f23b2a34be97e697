using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Quality.Trials;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Policies;

/// <summary>A draft on each server, from two who begin it at once to its place in force, with past decisions held against it.</summary>
public abstract class RevisionsOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Draft_BegunByTwoAtOnceTriedAgreedAndDue_IsOneVersionInForce()
    {
        await using RevisionRoom room = await RevisionRoom.OpenAsync(secondPerson: true, await server.EmptyAsync());
        await DecidedAsync(room.Console);
        PolicyDraft words = RevisionRoom.Words with { Text = "Never threaten.", EffectiveFrom = room.Console.Clock.GetUtcNow().AddHours(1) };

        SaveRevisionResult[] begun = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => room.SaveAsync(room.Writer, words), Cancel)));

        Assert.Equal([SavePolicyOutcome.Saved, SavePolicyOutcome.Changed, SavePolicyOutcome.Changed, SavePolicyOutcome.Changed], begun.Select(one => one.Outcome).Order());
        Assert.Equal(RevisionRoom.Id, Assert.Single(await room.Console.Use<ListRevisions>().RunAsync(room.Second, Cancel)).PolicyId);
        await TryAsync(room);
        Assert.Equal(MoveRevisionOutcome.Asked, await room.PublishAsync(room.Writer, await room.ReadAsync()));
        Assert.Equal(MoveRevisionOutcome.Scheduled, await room.AnswerAsync(room.Second, await room.ReadAsync(), agree: true));
        room.Console.Clock.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => room.Console.Get<BringPoliciesIntoForce>().RunOnceAsync(Cancel), Cancel)));

        PolicyView now = await room.PolicyAsync();
        Assert.Equal((2, "Never threaten.", words.EffectiveFrom), (now.Shown.Number, now.Shown.Text, now.Shown.EffectiveFrom));
        Assert.Equal([2, 1], now.Versions.Select(version => version.Number));
        Assert.Equal(2, (await room.ActsAsync()).Count(act => act == AuditAct.PolicyChanged));
    }

    private static async Task TryAsync(RevisionRoom room)
    {
        Assert.Equal(DrawTrialOutcome.Drawn, await room.Console.Use<DrawTrial>().RunAsync(room.Writer, RevisionRoom.Id, Cancel));
        TrialCaseView one = (await room.Console.Use<ReadTrialCase>().RunAsync(room.Writer, RevisionRoom.Id, null, Cancel))!;
        Assert.Equal((1, Verdict.Violation), (one.Count, one.Decided?.Verdict));
        JudgeTrialOutcome[] kept = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(
            () => room.Console.Use<JudgeTrialCase>().RunAsync(room.Writer, one.Id, TrialAnswer.WouldAllow, Cancel), Cancel)));
        Assert.Equal([JudgeTrialOutcome.Kept, JudgeTrialOutcome.Kept], kept);
        TrialView trial = (await room.Console.Use<ReadTrial>().RunAsync(room.Second, RevisionRoom.Id, Cancel))!;
        Assert.Equal((1, 1, 1d), (trial.Drawn, Assert.Single(trial.Judges).Judged, trial.Judges[0].Share.Value));
    }

    private static async Task DecidedAsync(TestConsole console)
    {
        Caller author = await console.PersonAsync();
        (_, ReviewTask task) = await console.CaseAsync(await console.QueueAsync([author]));
        ActiveLease lease = await console.HoldAsync(author, task);
        DecideResult result = await console.Use<DecideCase>().RunAsync(
            author, new DecideCommand(lease.TaskNumber, lease.Fence, Verdict.Violation) { PolicyId = RevisionRoom.Id }, Cancel);
        Assert.Equal(DecideOutcome.Decided, result.Outcome);
    }
}

/// <summary>On PostgreSQL; all else about drafts is told on SQLite.</summary>
public sealed class PostgresRevisionsTests(PostgresServer server) : RevisionsOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerRevisionsTests(SqlServerDatabases server) : RevisionsOnEach(server), IClassFixture<SqlServerDatabases>;
