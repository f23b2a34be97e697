using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Quality.Calibration;
using ModerationConsole.Core.Queues;
using ModerationConsole.Tests.Integration.Quality.Golden;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Quality.Calibration;

/// <summary>Five decided cases, a lead, and people who vote on them; no golden case is mixed in.</summary>
internal sealed class CalibrationRoom : IAsyncDisposable
{
    private CalibrationRoom(GoldenRoom room, Case[] cases, Caller second) => (Room, Cases, Second) = (room, cases, second);

    public GoldenRoom Room { get; }

    public TestConsole Console => Room.Console;

    public Case[] Cases { get; }

    /// <summary>Votes.</summary>
    public Caller First => Room.Moderator;

    /// <summary>Votes as well.</summary>
    public Caller Second { get; }

    public Caller Lead => Room.Lead;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="decidedBySecond">Whether the second voter had decided the first case.</param>
    public static async Task<CalibrationRoom> OpenAsync(Dictionary<string, string?> settings, bool decidedBySecond = false)
    {
        GoldenRoom room = await GoldenRoom.OpenAsync(settings, rate: 0);
        Caller second = await room.Console.PersonAsync();
        await room.Console.WriteAsync(scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = room.Queue.Id, PersonId = second.Id });
            return Task.FromResult(0);
        });
        List<Case> cases = [];
        for (int number = 0; number < CalibrationSession.FewestCases; number++)
        {
            cases.Add((await room.DecidedAsync(Verdict.Allow, decidedBySecond && number == 0 ? second : null)).Case);
        }

        return new CalibrationRoom(room, [.. cases], second);
    }

    public CalibrationDraft Draft(Guid? id = null, long? version = null) => new(id, "Spam in May", [.. Cases.Select(about => about.Number)], [First.Id, Second.Id], version);

    public async Task<Guid> SavedAsync(CalibrationDraft? draft = null)
    {
        SaveCalibrationResult saved = await Console.Use<SaveCalibration>().RunAsync(Lead, draft ?? Draft(), Cancel);
        Assert.Equal(SaveCalibrationOutcome.Saved, saved.Outcome);
        return saved.SessionId!.Value;
    }

    /// <summary>A session in which people vote.</summary>
    public async Task<Guid> VotingAsync()
    {
        Guid session = await SavedAsync();
        Assert.Equal(MoveCalibrationOutcome.Moved, (await Console.Use<StartVoting>().RunAsync(Lead, session, Cancel)).Outcome);
        return session;
    }

    /// <summary>Takes the next task, which must be one of the session, and votes.</summary>
    public async Task<Guid> VoteAsync(Caller person, Verdict verdict)
    {
        LeasedTask drawn = await Console.ClaimAsync(person);
        Assert.Equal(TaskKind.Calibration, (await Console.TaskAsync(drawn.TaskNumber)).Kind);
        return await Room.DecideAsync(person, new LeasedTaskPlace(drawn.TaskNumber, drawn.Fence), verdict);
    }

    /// <summary>Votes on every case, in their order: v for a violation, a for allow.</summary>
    public async Task VoteAllAsync(Caller person, string verdicts)
    {
        foreach (char verdict in verdicts)
        {
            await VoteAsync(person, verdict == 'v' ? Verdict.Violation : Verdict.Allow);
        }
    }

    public async Task<MoveCalibrationOutcome> RevealAsync(Guid session, bool early = false) =>
        (await Console.Use<RevealVotes>().RunAsync(Lead, session, early, Cancel)).Outcome;

    public async Task<CalibrationView> ReadAsync(Guid session, Caller? by = null) => (await Console.Use<ReadCalibration>().RunAsync(by ?? Lead, session, Cancel))!;

    public Task<List<CalibrationVote>> VotesAsync() => Console.ReadAsync(db => db.Set<CalibrationVote>().AsNoTracking().OrderBy(row => row.TaskNumber).ToListAsync(Cancel));

    public Task<List<ReviewTask>> TasksAsync() => Console.ReadAsync(db => db.Set<ReviewTask>().AsNoTracking()
        .Where(row => row.Kind == TaskKind.Calibration).OrderBy(row => row.Number).ToListAsync(Cancel));

    public ValueTask DisposeAsync() => Room.DisposeAsync();
}
