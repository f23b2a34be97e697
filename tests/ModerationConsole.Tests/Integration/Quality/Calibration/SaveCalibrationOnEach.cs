using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Calibration;

/// <summary>A lead puts a session together; only leads move it.</summary>
public abstract class SaveCalibrationOnEach(IDatabaseServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_SavedTwice_HoldsWhatWasSavedLastInItsOrder()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Guid session = await room.SavedAsync();
        (Case another, _) = await room.Room.DecidedAsync();
        long[] numbers = [another.Number, .. room.Cases.Select(about => about.Number).Reverse()];
        CalibrationView before = await room.ReadAsync(session);

        CalibrationDraft changed = room.Draft(session, before.Version) with { Name = " Spam in June ", Cases = [.. numbers, another.Number], People = [room.First.Id, room.Second.Id, room.Lead.Id] };
        await room.SavedAsync(changed);
        SaveCalibrationResult stale = await room.Console.Use<SaveCalibration>().RunAsync(room.Lead, changed, Cancel);

        CalibrationView after = await room.ReadAsync(session);
        Assert.Equal(("Spam in June", CalibrationState.Draft, SaveCalibrationOutcome.Changed), (after.Name, after.State, stale.Outcome));
        Assert.Equal(numbers, after.Cases.Select(row => row.CaseNumber));
        Assert.Equal(3, after.People.Count);
        Assert.Equal(2, await room.Room.AuditedAsync(AuditAct.CalibrationSaved));
        Assert.Empty(await room.TasksAsync());
    }

    [Fact]
    public async Task Session_ThatCannotBe_IsRefusedWithTheReason()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        CalibrationDraft good = room.Draft();
        (Case open, _) = await room.Console.CaseAsync(room.Room.Queue);
        (Case fresh, _) = await room.Room.DecidedAsync(settled: false);
        (Case hidden, _) = await room.Room.DecidedAsync(settled: false);
        await room.Room.ChangeAsync(hidden, row => row.Sensitivity = Sensitivity.ChildSafety);
        Caller analyst = await room.Console.PersonAsync(Roles.Analyst);

        Assert.Equal(SaveCalibrationOutcome.NameInvalid, await OutcomeAsync(room, good with { Name = " " }));
        Assert.Equal(SaveCalibrationOutcome.NameInvalid, await OutcomeAsync(room, good with { Name = new string('n', 201) }));
        Assert.Equal(SaveCalibrationOutcome.CaseCountInvalid, await OutcomeAsync(room, good with { Cases = [.. good.Cases.Take(4), good.Cases[0]] }));
        Assert.Equal(SaveCalibrationOutcome.CaseCountInvalid, await OutcomeAsync(room, good with { Cases = [.. Enumerable.Range(1, 21).Select(number => (long)number)] }));
        Assert.Equal(SaveCalibrationOutcome.PeopleCountInvalid, await OutcomeAsync(room, good with { People = [room.First.Id, room.First.Id] }));
        Assert.Equal(SaveCalibrationOutcome.PersonUnsuitable, await OutcomeAsync(room, good with { People = [room.First.Id, analyst.Id] }));
        Assert.Equal(SaveCalibrationOutcome.PersonUnsuitable, await OutcomeAsync(room, good with { People = [room.First.Id, Guid.NewGuid()] }));
        foreach (long number in new[] { open.Number, fresh.Number, hidden.Number, 987_654 })
        {
            SaveCalibrationResult refused = await room.Console.Use<SaveCalibration>().RunAsync(room.Lead, good with { Cases = [.. good.Cases.Take(4), number] }, Cancel);
            Assert.Equal((SaveCalibrationOutcome.CaseUnsuitable, number), (refused.Outcome, refused.CaseNumber));
        }

        Assert.Equal(0, await room.Console.ReadAsync(db => db.Set<CalibrationSession>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task Command_OfSomeoneWhoDoesNotRunQuality_IsRefused()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        TestConsole console = room.Console;
        Guid session = await room.VotingAsync();
        Caller reviewer = await console.PersonAsync(Roles.QualityReviewer);
        Caller analyst = await console.PersonAsync(Roles.Analyst);
        foreach (Caller stranger in new[] { room.First, reviewer, room.Room.Expert })
        {
            await DeniedAsync(() => console.Use<SaveCalibration>().RunAsync(stranger, room.Draft(), Cancel));
            await DeniedAsync(() => console.Use<StartVoting>().RunAsync(stranger, session, Cancel));
            await DeniedAsync(() => console.Use<RevealVotes>().RunAsync(stranger, session, true, Cancel));
            await DeniedAsync(() => console.Use<VoteAgain>().RunAsync(stranger, session, Cancel));
            await DeniedAsync(() => console.Use<CloseCalibration>().RunAsync(stranger, session, true, Cancel));
            await DeniedAsync(() => console.Use<NoteCalibration>().RunAsync(stranger, session, null, "Note", Cancel));
        }

        await DeniedAsync(() => console.Use<ListCalibrations>().RunAsync(analyst, Cancel));
        await DeniedAsync(() => console.Use<ReadCalibration>().RunAsync(analyst, session, Cancel));
        Assert.Equal(CalibrationState.Voting, (await room.ReadAsync(session)).State);
    }

    [Fact]
    public async Task Session_IsSeenByLeadsAndThoseWhoVote_AndByNobodyElse()
    {
        await using CalibrationRoom room = await CalibrationRoom.OpenAsync(await server.EmptyAsync());
        Guid session = await room.SavedAsync();
        Assert.Null(await room.Console.Use<ReadCalibration>().RunAsync(room.First, session, Cancel));
        Assert.Empty(await room.Console.Use<ListCalibrations>().RunAsync(room.First, Cancel));

        await room.Console.Use<StartVoting>().RunAsync(room.Lead, session, Cancel);

        Assert.NotNull(await room.Console.Use<ReadCalibration>().RunAsync(room.First, session, Cancel));
        Assert.Equal((10, 0, 5), Votes(Assert.Single(await room.Console.Use<ListCalibrations>().RunAsync(room.First, Cancel))));
        Assert.Equal((10, 0, 0), Votes(Assert.Single(await room.Console.Use<ListCalibrations>().RunAsync(room.Lead, Cancel))));
        Assert.Null(await room.Console.Use<ReadCalibration>().RunAsync(room.Room.Author, session, Cancel));
        Assert.Empty(await room.Console.Use<ListCalibrations>().RunAsync(room.Room.Author, Cancel));
    }

    private static (int, int, int) Votes(CalibrationLine line) => (line.Wanted, line.Voted, line.MyLeft);

    private static Task<PermissionDeniedException> DeniedAsync(Func<Task> act) => Assert.ThrowsAsync<PermissionDeniedException>(act);

    private static async Task<SaveCalibrationOutcome> OutcomeAsync(CalibrationRoom room, CalibrationDraft draft) =>
        (await room.Console.Use<SaveCalibration>().RunAsync(room.Lead, draft, Cancel)).Outcome;
}

/// <summary>On SQLite.</summary>
public sealed class FileSaveCalibrationTests(SqliteFiles server) : SaveCalibrationOnEach(server), IClassFixture<SqliteFiles>;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgresSaveCalibrationTests(PostgresServer server) : SaveCalibrationOnEach(server), IClassFixture<PostgresServer>;

/// <summary>On SQL Server.</summary>
[Trait(SqlServerDatabases.Trait, SqlServerDatabases.TraitValue)]
public sealed class SqlServerSaveCalibrationTests(SqlServerDatabases server) : SaveCalibrationOnEach(server), IClassFixture<SqlServerDatabases>;
