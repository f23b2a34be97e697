using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Sampling;

/// <summary>Each decision is in or out for good and counted once, however often and wherever the sampler runs; the same on each database.</summary>
public abstract class DrawingOnEach(IDatabaseServer server)
{
    private const int Many = 57;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sampler_RunTwice_DrawsWhatTheHashSaysAndCountsOnce()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync(await server.EmptyAsync());
        (SamplingPlan plan, List<Decision> made) = await DecidedAsync(room);

        await room.DrawAsync();
        await room.DrawAsync();

        await AssertOnceAsync(room, plan, made);
        Assert.Equal(Many, (await room.CountedAsync(PopulationBy.Decider))[room.Author.Id.ToString()]);
        Assert.Equal(Many, (await room.CountedAsync(PopulationBy.Queue))[room.Queue.Id.ToString()]);
        Assert.Equal(Many, (await room.CountedAsync(PopulationBy.Language))["en"]);
        Assert.Equal(Many, (await room.CountedAsync(PopulationBy.Policy))[""]);
    }

    [Fact]
    public async Task Sampler_DiesInABatchAndBetweenTwo_TheNextGoesOnWhereItStood()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync(await server.EmptyAsync());
        (SamplingPlan plan, List<Decision> made) = await DecidedAsync(room);
        SamplerBatch batch = (await room.Console.ReadAsync(db => SamplerBatch.ReadAsync(db, room.Console.Clock.GetUtcNow(), Cancel)))!;
        await Assert.ThrowsAsync<InvalidOperationException>(() => room.Console.WriteAsync<bool>(async scope =>
        {
            await SampleDrawing.RunAsync(scope, batch, Cancel);
            await scope.Db.SaveChangesAsync(Cancel);
            throw new InvalidOperationException("Killed.");
        }));
        Assert.Empty(await room.SamplesAsync());

        Assert.True(await room.Console.Get<DrawSamples>().DrawSomeAsync(Cancel));
        Assert.InRange((await room.CountedAsync(PopulationBy.All))[""], 1, Many - 1);
        await room.Console.RestartAsync();
        await room.DrawAsync();

        await AssertOnceAsync(room, plan, made);
    }

    [Fact]
    public async Task TwoNodes_AtOnce_CountEachDecisionOnce()
    {
        Dictionary<string, string?> database = await server.EmptyAsync();
        await using SamplingRoom room = await SamplingRoom.OpenAsync(database);
        await using TestConsole other = await TestConsole.StartAsync(database);
        (SamplingPlan plan, List<Decision> made) = await DecidedAsync(room);
        other.Clock.Advance(TimeSpan.FromHours(1));

        await Task.WhenAll(room.DrawAsync(), other.Get<DrawSamples>().RunOnceAsync(Cancel));

        await AssertOnceAsync(room, plan, made);
    }

    [Fact]
    public async Task Batch_ThatAnotherNodeWasThroughWith_ChangesNothing()
    {
        await using SamplingRoom room = await SamplingRoom.OpenAsync(await server.EmptyAsync());
        (SamplingPlan plan, List<Decision> made) = await DecidedAsync(room);
        SamplerBatch stale = (await room.Console.ReadAsync(db => SamplerBatch.ReadAsync(db, room.Console.Clock.GetUtcNow(), Cancel)))!;
        await room.DrawAsync();

        Assert.False(await room.Console.WriteAsync(scope => SampleDrawing.RunAsync(scope, stale, Cancel)));

        await AssertOnceAsync(room, plan, made);
    }

    [Fact]
    public async Task TwoPlans_ActivatedAtOnce_OneDraws()
    {
        Dictionary<string, string?> database = await server.EmptyAsync();
        await using SamplingRoom room = await SamplingRoom.OpenAsync(database);
        await using TestConsole other = await TestConsole.StartAsync(database);
        SavedPlan[] saved = [await room.SaveAsync(new PlanDraft(null, "One", 0.1, [])), await room.SaveAsync(new PlanDraft(null, "Other", 0.2, []))];
        long[] versions = [.. (await room.Console.ReadAsync(db => db.Set<SamplingPlan>().OrderBy(row => row.RandomRate).ToListAsync(Cancel))).Select(row => row.Version)];

        ActivatedPlan[] done = await Task.WhenAll(
            room.Console.Use<ActivatePlan>().RunAsync(room.Lead, saved[0].Id!.Value, versions[0], Cancel),
            other.Use<ActivatePlan>().RunAsync(room.Lead, saved[1].Id!.Value, versions[1], Cancel));

        Assert.All(done, one => Assert.Equal(ActivatePlanOutcome.Activated, one.Outcome));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<SamplingPlan>().CountAsync(row => row.State == PlanState.Active, Cancel)));
        Assert.Equal(1, await room.Console.ReadAsync(db => db.Set<SamplingPlan>().CountAsync(row => row.State == PlanState.Ended, Cancel)));
    }

    private static async Task<(SamplingPlan Plan, List<Decision> Made)> DecidedAsync(SamplingRoom room)
    {
        SamplingPlan plan = await room.PlanAsync(0.5);
        List<Decision> made = [];
        for (int part = 0; part < 3; part++)
        {
            made.AddRange(await room.DecideAsync(Many / 3, new Judged { Language = "en-GB" }));
            room.Console.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        room.Settle();
        return (plan, made);
    }

    private static async Task AssertOnceAsync(SamplingRoom room, SamplingPlan plan, List<Decision> made)
    {
        Guid[] expected = SamplingRoom.DrawnBy(plan, made, 0.5);
        Assert.InRange(expected.Length, 5, Many - 5);
        Assert.Equal(expected, (await room.SamplesAsync()).Select(sample => sample.DecisionId).Order());
        Assert.Equal(new Dictionary<string, int> { [""] = Many }, await room.CountedAsync(PopulationBy.All));
        Assert.Equal(expected.Length, await room.Console.ReadAsync(db => db.Set<ReviewTask>().CountAsync(row => row.Kind == TaskKind.Qa, Cancel)));
        Assert.Equal(expected.Length, await room.Console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(row => row.Act == AuditAct.SampleDrawn, Cancel)));
    }
}

/// <summary>On the embedded database.</summary>
public sealed class SqliteDrawingTests(SqliteFiles server) : DrawingOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresDrawingTests(PostgresServer server) : DrawingOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerDrawingTests(SqlServerDatabases server) : DrawingOnEach(server), IClassFixture<SqlServerDatabases>;
