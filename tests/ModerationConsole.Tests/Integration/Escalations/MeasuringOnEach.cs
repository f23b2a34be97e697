using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Quality.Reviewing;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Quality;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Escalations;

/// <summary>Whoever hands on a sample sees what they would see anywhere. A question goes nowhere; a threat to life or to a child is as real as anywhere.</summary>
public abstract partial class MeasuringOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Question_AboutASample_EndsItAsAnyTaskAndAsksNobody()
    {
        await using SampleRoom room = await OpenAsync();
        (QualitySample sample, ActiveLease lease) = await HeldAsync(room);
        string before = await CaseAsync(room, sample);

        EscalateResult[] results = await Task.WhenAll(EscalateAsync(room, lease), EscalateAsync(room, lease));

        Assert.All(results, result => Assert.Equal(EscalateOutcome.Escalated, result.Outcome));
        Assert.Equal(before, await CaseAsync(room, sample));
        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<Escalation>().CountAsync(Cancel)));
        Assert.Equal(TaskState.Done, await StateAsync(room, sample.TaskNumber));
        LeaseRecord ended = await room.Console.ReadAsync(db => db.Set<LeaseRecord>().SingleAsync(row => row.TaskNumber == sample.TaskNumber, Cancel));
        Assert.Equal((LeaseEnd.Decided, room.Reviewer.Id), (ended.End, ended.PersonId));
        Assert.Equal("Is this satire?", KeptQuestion.Read((await room.Console.ReadAsync(db => db.Set<Draft>().SingleAsync(Cancel))).Content));
        AuditEntry entry = Assert.Single(await AuditAsync(room, AuditAct.MeasureHandedOn));
        Assert.Equal((room.Reviewer.Id, sample.TaskNumber), (entry.ActorId, entry.TaskNumber));
        Assert.DoesNotContain("satire", entry.Details, StringComparison.Ordinal);
        // Nothing is left for its asker to go on writing.
        Assert.DoesNotContain(await room.Console.Use<ListInbox>().RunAsync(room.Reviewer, Cancel), one => one.Kind == InboxKind.DraftKept);
    }

    [Fact]
    public async Task Sample_ThatWasHandedOn_IsJudgedByAThirdWhoSeesTheQuestionOnly()
    {
        await using SampleRoom room = await OpenAsync();
        (QualitySample sample, ActiveLease lease) = await HeldAsync(room);
        await EscalateAsync(room, lease);

        await room.SettleAsync();

        QualitySample now = await room.SampleNowAsync(sample);
        Assert.Equal((SampleState.Adjudicating, room.Reviewer.Id, null), (now.State, now.ReviewerId, now.ReviewId));
        Guid[] without = await room.Console.ReadAsync(db => db.Set<TaskExclusion>().Where(row => row.TaskNumber == now.AdjudicationTask).Select(row => row.PersonId).ToArrayAsync(Cancel));
        Assert.Equal(new[] { room.Author.Id, room.Reviewer.Id }.Order(), without.Order());
        await room.HoldAsync(room.Lead, now.AdjudicationTask!.Value);
        UnnamedOpinion only = Assert.Single(await room.Console.Use<ReadOpinions>().RunAsync(room.Lead, now.AdjudicationTask.Value, Cancel));
        Assert.Equal((null, "Is this satire?", null), (only.Verdict, only.Question, only.PolicyName));
    }

    [Theory]
    [InlineData(Verdict.Allow, false)]
    [InlineData(Verdict.Violation, true)]
    public async Task Third_JudgingWhatWasHandedOn_SettlesIt(Verdict found, bool wrong)
    {
        await using SampleRoom room = await OpenAsync();
        (QualitySample sample, ActiveLease lease) = await HeldAsync(room);
        await EscalateAsync(room, lease);
        await room.SettleAsync();

        await room.JudgeAsync(room.Lead, (await room.SampleNowAsync(sample)).AdjudicationTask!.Value, found);
        await room.SettleAsync();

        QualitySample now = await room.SampleNowAsync(sample);
        Assert.Equal((wrong ? SampleState.ToExplain : SampleState.Settled, wrong, true), (now.State, now.Wrong, now.Scored));
    }

    [Fact]
    public async Task Third_HandingItOnToo_LeavesItOutOfTheScoreAndNobodyIsTold()
    {
        await using SampleRoom room = await OpenAsync();
        (QualitySample sample, ActiveLease lease) = await HeldAsync(room);
        await EscalateAsync(room, lease);
        await room.SettleAsync();
        ActiveLease third = await room.HoldAsync(room.Lead, (await room.SampleNowAsync(sample)).AdjudicationTask!.Value);

        Assert.Equal(EscalateOutcome.Escalated, (await EscalateAsync(room, third, room.Lead)).Outcome);
        await room.SettleAsync();
        await room.SettleAsync();

        QualitySample now = await room.SampleNowAsync(sample);
        Assert.Equal((SampleState.Settled, false, null, null, room.Lead.Id), (now.State, now.Scored, now.Wrong, now.ReleasedAt, now.AdjudicatorId));
        Assert.Single(await AuditAsync(room, AuditAct.SampleLeftOpen));
        Assert.Empty((await room.Console.Use<Core.Quality.Results.ListMyResults>().RunAsync(room.Author, null, Cancel)).Rows);
    }

    /// <summary>What is refused anywhere is refused on a sample, in the same words.</summary>
    [Fact]
    public async Task Sample_WhereNothingCouldBeHandedOn_IsRefusedAsAnyTask()
    {
        await using SampleRoom room = await OpenAsync(experts: false);
        (QualitySample sample, ActiveLease lease) = await HeldAsync(room);

        Assert.Equal(EscalateOutcome.NoQueue, (await EscalateAsync(room, lease)).Outcome);
        Assert.Equal(EscalateOutcome.NoQueue, (await EmergencyAsync(room, lease)).Outcome);
        Assert.Equal(EscalateOutcome.LeaseLost, (await room.Console.Use<EscalateCase>().RunAsync(room.Lead, lease.TaskNumber, lease.Fence, "Is this satire?", Cancel)).Outcome);
        Assert.Equal(TaskState.Leased, await StateAsync(room, sample.TaskNumber));
    }

    [Fact]
    public async Task Sample_ThatWasJudged_WasNotHandedOn()
    {
        await using SampleRoom room = await OpenAsync();
        (_, ActiveLease lease) = await HeldAsync(room);
        await room.SubmitAsync(lease, Verdict.Allow, room.Reviewer);

        Assert.Equal(EscalateOutcome.LeaseLost, (await EscalateAsync(room, lease)).Outcome);
    }

    [Fact]
    public async Task ChildSafety_OnASample_IsRealForTheCaseAndEndsTheSample()
    {
        await using SampleRoom room = await OpenAsync();
        CaseQueue special = await room.Console.QueueAsync(kind: QueueKind.ChildSafety);
        (QualitySample sample, ActiveLease lease) = await HeldAsync(room);

        Assert.Equal(MarkChildSafetyOutcome.Marked, await room.Console.Use<MarkChildSafety>().RunAsync(room.Reviewer, lease.TaskNumber, lease.Fence, Cancel));

        Case about = await room.Console.ReadAsync(db => db.Set<Case>().SingleAsync(Cancel));
        Assert.Equal((Sensitivity.ChildSafety, CaseState.Open, 2), (about.Sensitivity, about.State, about.CaseVersion));
        WaitingTask waiting = await room.Console.ReadAsync(db => db.Set<WaitingTask>().SingleAsync(Cancel));
        Assert.Equal((special.Id, TaskKind.First, Sensitivity.ChildSafety), (waiting.QueueId, waiting.Kind, waiting.Sensitivity));
        // As on any task, it is they who gave it away: nobody took it.
        Assert.Equal(LeaseEnd.Released, (await room.Console.ReadAsync(db => db.Set<LeaseRecord>().SingleAsync(row => row.TaskNumber == sample.TaskNumber, Cancel))).End);
        Assert.Equal(TaskState.Withdrawn, await StateAsync(room, sample.TaskNumber));
        List<OutboxEvent> told = await room.Console.ReadAsync(db => db.Set<OutboxEvent>().Where(row => row.CaseNumber == about.Number).ToListAsync(Cancel));
        Assert.True(told.Last(row => row.Kind == LiveKind.CaseQueued).ChildSafety);
        await room.SettleAsync();
        Assert.Equal(SampleState.Withdrawn, (await room.SampleNowAsync(sample)).State);
    }

    private static async Task<(QualitySample Sample, ActiveLease Lease)> HeldAsync(SampleRoom room)
    {
        QualitySample sample = await room.DrawAsync(await room.DecidedAsync(Verdict.Allow));
        return (sample, await room.HoldAsync(room.Reviewer, sample.TaskNumber));
    }

    private static Task<EscalateResult> EscalateAsync(SampleRoom room, ActiveLease lease, Caller? by = null) =>
        room.Console.Use<EscalateCase>().RunAsync(by ?? room.Reviewer, lease.TaskNumber, lease.Fence, "Is this satire?", Cancel);

    private static Task<EscalateResult> EmergencyAsync(SampleRoom room, ActiveLease lease) =>
        room.Console.Use<RaiseEmergency>().RunAsync(room.Reviewer, lease.TaskNumber, lease.Fence, "A place and a time", Cancel);

    private static Task<TaskState> StateAsync(SampleRoom room, long task) =>
        room.Console.ReadAsync(db => db.Set<ReviewTask>().Where(row => row.Number == task).Select(row => row.State).SingleAsync(Cancel));

    private static Task<List<AuditEntry>> AuditAsync(SampleRoom room, AuditAct act) =>
        room.Console.ReadAsync(db => db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Act == act).ToListAsync(Cancel));

    // The case, its tasks that can change it, and its history.
    private static Task<string> CaseAsync(SampleRoom room, QualitySample sample) => room.Console.ReadAsync(async db =>
    {
        Case about = await db.Set<Case>().AsNoTracking().SingleAsync(row => row.Number == sample.CaseNumber, Cancel);
        int events = await db.Set<CaseEvent>().CountAsync(row => row.CaseNumber == sample.CaseNumber, Cancel);
        int tasks = await db.Set<ReviewTask>().CountAsync(row => row.CaseNumber == sample.CaseNumber, Cancel);
        int told = await db.Set<OutboxEvent>().CountAsync(row => row.CaseNumber == sample.CaseNumber, Cancel);
        return $"{about.State} {about.DecisionId} {about.Version} {events} {tasks} {told}";
    });

    private async Task<SampleRoom> OpenAsync(bool experts = true)
    {
        SampleRoom room = await SampleRoom.OpenAsync(await server.EmptyAsync());
        if (experts)
        {
            await room.Console.QueueAsync(kind: QueueKind.Expert);
        }

        return room;
    }
}

/// <summary>On SQLite.</summary>
public sealed class FileMeasuringTests(SqliteFiles server) : MeasuringOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresMeasuringTests(PostgresServer server) : MeasuringOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerMeasuringTests(SqlServerDatabases server) : MeasuringOnEach(server), IClassFixture<SqlServerDatabases>;
