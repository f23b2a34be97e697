using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Calibration;

/// <summary>Everyone of a session is asked for each of its cases, amid their work and alone.</summary>
public abstract class VotingOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Voting_Started_AsksEachPersonForEachCaseAndTellsThem()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());

        Guid session = await room.VotingAsync();

        List<CalibrationVote> votes = await room.VotesAsync();
        Assert.Equal(10, votes.Count);
        Assert.Equal(new HashSet<Guid> { room.First.Id, room.Second.Id }, votes.Select(row => row.PersonId).ToHashSet());
        Assert.All(votes, row => Assert.Equal((1, null, null, null, null), (row.Round, row.DecisionId, row.Verdict, row.PolicyId, row.VotedAt)));
        Assert.All(await room.TasksAsync(), task => Assert.Equal((room.Room.Queue.Id, 50, TaskState.Waiting), (task.QueueId, task.Priority, task.State)));
        Assert.All(await room.TasksAsync(), task => Assert.NotNull(task.JudgesAgain));
        Assert.Contains(await room.Console.Use<ListInbox>().RunAsync(room.First, Cancel), entry => entry.Kind == InboxKind.CalibrationMoved && entry.Subject == session.ToString());
        Assert.Equal(1, await room.Room.AuditedAsync(AuditAct.CalibrationMoved));
        Assert.Equal(MoveCalibrationOutcome.NotNow, (await room.Console.Use<StartVoting>().RunAsync(room.Lead, session, Cancel)).Outcome);
    }

    [Fact]
    public async Task CalibrationTask_IsOfferedToItsPersonAlone_AlsoWhenItIsKeptNoMore()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        await room.VotingAsync();
        await room.Console.WriteAsync(scope => scope.Db.Set<TaskReservation>().ExecuteDeleteAsync(Cancel));

        Assert.Equal(ClaimOutcome.NothingSuitable, await room.Console.TryClaimAsync(room.Room.Author));
        LeasedTask drawn = await room.Console.ClaimAsync(room.Second);
        Assert.Equal(room.Second.Id, (await room.VotesAsync()).Single(row => row.TaskNumber == drawn.TaskNumber).PersonId);
    }

    [Fact]
    public async Task Person_OfAnotherQueue_IsAskedThereAndOneOfNoneStopsTheStart()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Caller elsewhere = await room.Console.PersonAsync();
        Guid session = await room.SavedAsync(room.Draft() with { People = [room.First.Id, elsewhere.Id] });
        Assert.Equal(MoveCalibrationOutcome.PersonWithoutQueue, (await room.Console.Use<StartVoting>().RunAsync(room.Lead, session, Cancel)).Outcome);
        Assert.Empty(await room.TasksAsync());
        CaseQueue other = await room.Console.QueueAsync([elsewhere]);

        Assert.Equal(MoveCalibrationOutcome.Moved, (await room.Console.Use<StartVoting>().RunAsync(room.Lead, session, Cancel)).Outcome);

        Assert.Equal(5, (await room.TasksAsync()).Count(task => task.QueueId == other.Id));
        await room.VoteAsync(elsewhere, Verdict.Allow);
    }

    [Fact]
    public async Task Vote_IsKept_AndHasNoEffectOnItsCase()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        await room.VotingAsync();
        Case before = await CaseAsync(room);

        Guid decision = await room.VoteAsync(room.First, Verdict.Violation);
        room.Console.Clock.Advance(TimeSpan.FromMinutes(2));

        CalibrationVote vote = Assert.Single(await room.VotesAsync(), row => row.VotedAt is not null);
        Assert.Equal((decision, Verdict.Violation, room.Room.Policy.Id), (vote.DecisionId, vote.Verdict, vote.PolicyId));
        Case after = await CaseAsync(room);
        Assert.Equal((before.State, before.DecisionId, before.Version), (after.State, after.DecisionId, after.Version));
        Assert.Empty(await room.Console.ReadAsync(db => db.Set<EnforcementAction>().ToListAsync(Cancel)));
        AuditEntry entry = await room.Console.ReadAsync(db => db.Set<AuditEntry>().SingleAsync(row => row.Act == AuditAct.CalibrationVoted, Cancel));
        Assert.Equal((room.First.Id, "{}"), (entry.ActorId, entry.Details));
    }

    [Fact]
    public async Task Vote_Undone_IsWantedAgain()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        await room.VotingAsync();
        Guid decision = await room.VoteAsync(room.First, Verdict.Violation);

        UndoResult undone = await room.Console.Use<UndoDecision>().RunAsync(room.First, decision, Cancel);

        Assert.Equal(UndoOutcome.Undone, undone.Outcome);
        Assert.All(await room.VotesAsync(), row => Assert.Equal((null, null, null), (row.DecisionId, row.Verdict, row.VotedAt)));
    }

    [Fact]
    public async Task Voting_LeftHalfAskedByACrash_IsAskedToTheEnd()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Guid session = await room.SavedAsync();
        await room.Console.WriteAsync(async scope =>
        {
            (await scope.Db.Set<CalibrationSession>().SingleAsync(row => row.Id == session, Cancel)).GoTo(CalibrationState.Voting, scope.Now);
            return 0;
        });

        await room.Console.Get<TendCalibrations>().RunOnceAsync(Cancel);
        await room.Console.Get<TendCalibrations>().RunOnceAsync(Cancel);

        Assert.Equal(10, (await room.VotesAsync()).Count);
    }

    [Fact]
    public async Task Vote_HandedOn_IsMissingAndTheSessionCanGoOnWithoutIt()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        await room.Console.QueueAsync(kind: QueueKind.Expert);
        Guid session = await room.VotingAsync();
        await room.VoteAllAsync(room.Second, "aaaaa");
        await room.VoteAllAsync(room.First, "aaaa");
        LeasedTask drawn = await room.Console.ClaimAsync(room.First);

        EscalateResult result = await room.Console.Use<EscalateCase>().RunAsync(room.First, drawn.TaskNumber, drawn.Fence, "Is this satire?", Cancel);
        await room.Console.Get<TendCalibrations>().RunOnceAsync(Cancel);

        Assert.Equal((EscalateOutcome.Escalated, TaskState.Done), (result.Outcome, (await room.Console.TaskAsync(drawn.TaskNumber)).State));
        Assert.Equal(9, (await room.VotesAsync()).Count(vote => vote.VotedAt is not null));
        Assert.Equal(MoveCalibrationOutcome.VotesMissing, await room.RevealAsync(session));
        Assert.Equal(MoveCalibrationOutcome.Moved, await room.RevealAsync(session, early: true));
    }

    [Fact]
    public async Task Case_ThatBecomesChildSafety_LeavesTheSession()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Guid session = await room.VotingAsync();
        await room.Room.ChangeAsync(room.Cases[0], row => row.Sensitivity = Sensitivity.ChildSafety);

        await room.Console.Get<TendCalibrations>().RunOnceAsync(Cancel);

        Assert.Equal(2, (await room.TasksAsync()).Count(task => task.State == TaskState.Withdrawn && task.CaseNumber == room.Cases[0].Number));
        CalibrationView seen = await room.ReadAsync(session);
        Assert.Equal((4, 8), (seen.CaseCount, seen.Wanted));
        Assert.DoesNotContain(seen.Cases, row => row.CaseNumber == room.Cases[0].Number);
    }

    private static Task<Case> CaseAsync(CalibrationRoom room) => room.Console.ReadAsync(db => db.Set<Case>().AsNoTracking().SingleAsync(row => row.Number == room.Cases[0].Number, Cancel));
}

/// <summary>On SQLite.</summary>
public sealed class FileVotingTests(SqliteFiles server) : VotingOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresVotingTests(PostgresServer server) : VotingOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerVotingTests(SqlServerDatabases server) : VotingOnEach(server), IClassFixture<SqlServerDatabases>;
