using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Quality.Golden;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Calibration;

/// <summary>Votes are shown to all at once, talked about, given again, and measured before and after.</summary>
public abstract class RevealOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Votes_AllGiven_AreShownToAllWithTheirAgreement()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Guid session = await room.VotingAsync();
        await room.VoteAllAsync(room.First, "vvaav");
        Assert.Equal(MoveCalibrationOutcome.VotesMissing, await room.RevealAsync(session));
        await room.VoteAllAsync(room.Second, "vvaaa");

        Assert.Equal(MoveCalibrationOutcome.Moved, await room.RevealAsync(session));

        CalibrationView seen = await room.ReadAsync(session, room.Second);
        Assert.Equal((CalibrationState.Discussion, 0, 0), (seen.State, seen.Wanted, seen.MyLeft));
        Assert.All(seen.Cases, row => Assert.Equal(2, row.Votes.Count));
        Assert.Equal(Verdict.Violation, seen.Cases[4].Votes.Single(vote => vote.PersonId == room.First.Id).Verdict);
        Assert.Equal(Verdict.Allow, seen.Cases[4].Votes.Single(vote => vote.PersonId == room.Second.Id).Verdict);
        // Four of five alike. By chance: 2·5·5/(10·9) = 5/9 differ; 2/10 do: 1 − 0.2/(5/9) = 0.64.
        Assert.Equal((5, 10), (seen.Before!.Cases, seen.Before.Votes));
        Assert.Equal(0.8, seen.Before.Raw!.Value, 12);
        Assert.Equal(0.64, seen.Before.Alpha!.Value, 12);
        Assert.Equal([0.5, 0.5], seen.Before.Prevalence.Select(answer => Math.Round(answer.Share, 12)));
        Assert.Null(seen.After);
    }

    [Fact]
    public async Task Votes_ShownEarly_LeaveOutTheMissingAndTakeNoMore()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Guid session = await room.VotingAsync();
        await room.VoteAllAsync(room.First, "vvaav");
        await room.VoteAllAsync(room.Second, "vva");
        LeasedTask inHand = await room.Console.ClaimAsync(room.Second);

        Assert.Equal(MoveCalibrationOutcome.Moved, await room.RevealAsync(session, early: true));

        Assert.All(await room.TasksAsync(), task => Assert.True(task.State is TaskState.Done or TaskState.Withdrawn));
        Assert.Equal(TaskState.Withdrawn, (await room.Console.TaskAsync(inHand.TaskNumber)).State);
        CalibrationView seen = await room.ReadAsync(session);
        Assert.Equal((3, 8), (seen.Before!.Cases, seen.Before.Votes));
        AuditEntry entry = await room.Console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == AuditAct.CalibrationMoved).OrderByDescending(row => row.Id).FirstAsync(Cancel));
        Assert.Equal("""{"missing":2,"state":"Discussion"}""", entry.Details);
    }

    [Fact]
    public async Task Vote_UndoneAndGivenAgainAfterTheReveal_ChangesNothingThatIsShown()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Guid session = await room.VotingAsync();
        Guid decision = await room.VoteAsync(room.First, Verdict.Violation);
        await room.RevealAsync(session, early: true);

        UndoResult undone = await room.Console.Use<UndoDecision>().RunAsync(room.First, decision, Cancel);
        await room.Room.DecideAsync(room.First, new LeasedTaskPlace(undone.Task!.TaskNumber, undone.Task.Fence), Verdict.Allow);

        Assert.Equal(Verdict.Violation, Assert.Single((await room.ReadAsync(session)).Cases[0].Votes).Verdict);
    }

    [Fact]
    public async Task SecondRound_StaysSecretUntilTheEnd_AndIsMeasuredBesideTheFirst()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Guid session = await room.VotingAsync();
        await room.VoteAllAsync(room.First, "vvaav");
        await room.VoteAllAsync(room.Second, "avvaa");
        await room.RevealAsync(session);
        Assert.Equal(NoteCalibrationOutcome.Noted, await NoteAsync(room, session, room.Cases[0].Number, "Irony is allowed"));
        Assert.Equal(NoteCalibrationOutcome.Noted, await NoteAsync(room, session, null, "Rewrite 1.1"));

        Assert.Equal(MoveCalibrationOutcome.Moved, (await room.Console.Use<VoteAgain>().RunAsync(room.Lead, session, Cancel)).Outcome);
        await room.VoteAllAsync(room.First, "avaaa");
        await room.VoteAllAsync(room.Second, "avaaa");
        CalibrationView during = await room.ReadAsync(session);
        Assert.Equal((10, 10, null), (during.Wanted, during.Voted, during.After));
        Assert.All(during.Cases.SelectMany(row => row.Votes), vote => Assert.Equal(1, vote.Round));
        Assert.Equal(MoveCalibrationOutcome.Moved, (await room.Console.Use<CloseCalibration>().RunAsync(room.Lead, session, false, Cancel)).Outcome);

        CalibrationView seen = await room.ReadAsync(session, room.First);
        Assert.Equal((CalibrationState.Closed, "Rewrite 1.1", "Irony is allowed"), (seen.State, seen.Notes, seen.Cases[0].Notes));
        Assert.Equal((0.4, 1.0), (Math.Round(seen.Before!.Raw!.Value, 12), seen.After!.Raw!.Value));
        Assert.Equal(1.0, seen.After.Alpha!.Value, 12);
        Assert.Equal(20, seen.Cases.Sum(row => row.Votes.Count));
        Assert.Equal(2, await room.Room.AuditedAsync(AuditAct.CalibrationNoted));
        Assert.Equal(MoveCalibrationOutcome.NotNow, (await room.Console.Use<VoteAgain>().RunAsync(room.Lead, session, Cancel)).Outcome);
    }

    [Fact]
    public async Task Vote_OfWhoHadDecidedTheCase_IsMarkedAndLeftOutOfAgreement()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync(), decidedBySecond: true);
        Guid session = await room.VotingAsync();
        await room.VoteAllAsync(room.First, "vvaav");
        await room.VoteAllAsync(room.Second, "avaav");
        await room.RevealAsync(session);

        CalibrationView seen = await room.ReadAsync(session);

        VoteShown own = Assert.Single(seen.Cases.SelectMany(row => row.Votes), vote => vote.DecidedIt);
        Assert.Equal(room.Second.Id, own.PersonId);
        Assert.Equal((4, 9, 1.0), (seen.Before!.Cases, seen.Before.Votes, seen.Before.Raw));
    }

    [Fact]
    public async Task Note_BeforeTheReveal_OrTooLong_IsRefused()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Guid session = await room.VotingAsync();

        Assert.Equal(NoteCalibrationOutcome.NotNow, await NoteAsync(room, session, null, "Too soon"));
        await room.RevealAsync(session, early: true);
        Assert.Equal(NoteCalibrationOutcome.TooLong, await NoteAsync(room, session, null, new string('n', 5_001)));
        Assert.Equal(NoteCalibrationOutcome.NotNow, await NoteAsync(room, session, 987_654, "No such case"));
        Assert.Equal(NoteCalibrationOutcome.NotNow, await NoteAsync(room, Guid.NewGuid(), null, "No such session"));
        Assert.Equal("", (await room.ReadAsync(session)).Notes);
    }

    private static Task<NoteCalibrationOutcome> NoteAsync(CalibrationRoom room, Guid session, long? number, string text) =>
        room.Console.Use<NoteCalibration>().RunAsync(room.Lead, session, number, text, Cancel);
}

/// <summary>On SQLite.</summary>
public sealed class FileRevealTests(SqliteFiles server) : RevealOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresRevealTests(PostgresServer server) : RevealOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerRevealTests(SqlServerDatabases server) : RevealOnEach(server), IClassFixture<SqlServerDatabases>;
