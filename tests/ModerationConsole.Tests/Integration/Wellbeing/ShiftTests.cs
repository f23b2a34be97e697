using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Media;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Wellbeing;

/// <summary>A person's own shift, what they may take back, and what a team's figures tell.</summary>
public sealed class ShiftTests : IAsyncLifetime
{
    private TestConsole _console = null!;
    private Caller _person = null!;
    private CaseQueue _queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _console = await TestConsole.StartAsync();
        _person = await _console.PersonAsync();
        _queue = await _console.QueueAsync([_person]);
    }

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task MyShift_OfAPerson_ShowsWhatWasRevealedOnce_AndTheirBreaks()
    {
        await _console.CaseAsync(_queue);
        await _console.ClaimAsync(_person);
        DateTimeOffset began = _console.Clock.GetUtcNow();
        await LookAsync(began, 60);
        await LookAsync(began.AddSeconds(30), 60);
        await LookAsync(began.AddSeconds(200), 10);
        _console.Clock.Advance(TimeSpan.FromMinutes(30));
        await _console.Use<TakeBreak>().RunAsync(_person, Cancel);
        _console.Clock.Advance(TimeSpan.FromMinutes(12));
        await _console.Use<EndRest>().RunAsync(_person, Cancel);
        _console.Clock.Advance(TimeSpan.FromMinutes(3));

        MyShift shift = await _console.Use<ReadMyShift>().RunAsync(_person, Cancel);

        Assert.Equal((TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(100)), (shift.Revealed, shift.RevealedInDay));
        Assert.Equal([new BreakTaken(began.AddMinutes(30), began.AddMinutes(42))], shift.Breaks);
        Assert.Equal((began, TimeSpan.FromMinutes(33)), (shift.Since, shift.Worked));
        Assert.Equal(TimeSpan.FromMinutes(240), shift.Limits.PerShift);
    }

    [Theory]
    [InlineData(191, false)]
    [InlineData(192, true)]
    public async Task Meter_AtFourFifthsOfTheLimit_SaysSo(int minutes, bool near)
    {
        DateTimeOffset began = _console.Clock.GetUtcNow();
        _console.Clock.Advance(TimeSpan.FromHours(5));
        await _console.WriteAsync(scope =>
        {
            scope.Db.Add(new WorkShift { PersonId = _person.Id, StartedAt = began, SeenAt = scope.Now });
            scope.Db.Add(new SevereTime { PersonId = _person.Id, Since = began, Until = began.AddMinutes(minutes) });
            return Task.FromResult(0);
        });

        Assert.Equal(near, (await _console.Use<ReadMeter>().RunAsync(_person, null, Cancel)).NearLimit);
    }

    [Fact]
    public async Task TakeBack_OfWhatWasGivenBack_WorksForAMinuteWhileItWaits()
    {
        await _console.CaseAsync(_queue);
        LeasedTask task = await _console.ClaimAsync(_person);
        await GiveBackAsync(task);
        _console.Clock.Advance(TimeSpan.FromSeconds(60));

        TakeBackResult taken = await TakeBackAsync(task);

        Assert.Equal((TakeBackOutcome.Taken, task.TaskNumber), (taken.Outcome, taken.Task!.TaskNumber));
        Assert.Equal(0, await _console.ReadAsync(db => db.Set<TaskExclusion>().CountAsync(Cancel)));
        await GiveBackAsync(taken.Task);
        _console.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(TakeBackOutcome.TooLate, (await TakeBackAsync(taken.Task)).Outcome);
        Assert.Equal(1, await _console.ReadAsync(db => db.Set<TaskExclusion>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task TakeBack_OfWhatAnotherHas_OrOneMayNotHave_IsRefusedAndChangesNothing()
    {
        Caller other = await _console.PersonAsync();
        await _console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new QueueAccess { QueueId = _queue.Id, PersonId = other.Id })));
        await _console.CaseAsync(_queue, sensitivity: Sensitivity.Severe);
        LeasedTask task = await _console.ClaimAsync(_person);
        await GiveBackAsync(task);

        await _console.Use<SetNoSevere>().RunAsync(_person, NoSevereFor.FourHours, Cancel);
        Assert.Equal(TakeBackOutcome.NotOffered, (await TakeBackAsync(task)).Outcome);
        Assert.Equal(TaskState.Waiting, (await _console.TaskAsync(task.TaskNumber)).State);
        Assert.Equal(1, await _console.ReadAsync(db => db.Set<TaskExclusion>().CountAsync(Cancel)));
        await _console.ClaimAsync(other);
        Assert.Equal(TakeBackOutcome.Gone, (await TakeBackAsync(task)).Outcome);
        Assert.Equal(TakeBackOutcome.TooLate, (await _console.Use<TakeTaskBack>().RunAsync(other, task.TaskNumber, task.Fence, Cancel)).Outcome);
    }

    [Fact]
    public async Task CheckIn_IsKeptOncePerDay_AndLeavesNoTraceInTheAudit()
    {
        SaveCheckIn save = _console.Use<SaveCheckIn>();

        Assert.Equal(CheckInOutcome.Invalid, await save.RunAsync(_person, new CheckInAnswers(0, 3, 3), Cancel));
        Assert.Equal(CheckInOutcome.Saved, await save.RunAsync(_person, new CheckInAnswers(2, 3, 4), Cancel));
        Assert.Equal(CheckInOutcome.Saved, await save.RunAsync(_person, new CheckInAnswers(3, 3, 5), Cancel));
        await _console.Use<SetNoSevere>().RunAsync(_person, NoSevereFor.RestOfShift, Cancel);
        await _console.Use<SaveOptOuts>().RunAsync(_person, [], Cancel);

        Assert.Equal(new CheckInAnswers(3, 3, 5), (await _console.Use<ReadMyShift>().RunAsync(_person, Cancel)).CheckIn);
        Assert.Equal(0, await _console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(Cancel)));
    }

    [Theory]
    [InlineData(4, 4, false, false)]
    [InlineData(5, 5, true, true)]
    [InlineData(9, 5, true, false)]
    [InlineData(10, 5, true, true)]
    public async Task TeamWeek_OfAFixedTeam_WithholdsWhatTellsOfFew(int members, int answers, bool told, bool checkIn)
    {
        Caller lead = await _console.PersonAsync(Roles.Lead);
        Guid team = await TeamAsync(lead);
        for (int i = 0; i < members; i++)
        {
            Caller member = await _console.PersonAsync();
            await WorkedAsync(member, team, TimeSpan.FromMinutes(60), i < answers ? 4 : null);
        }

        _console.Clock.Advance(TimeSpan.FromDays(7));
        IReadOnlyList<TeamWeek> weeks = await _console.Use<ReadTeamWeeks>().RunAsync(lead, Cancel);

        TeamWeek week = weeks[0];
        Assert.Equal(told ? 60 : null, week.SevereMinutes);
        Assert.Equal(checkIn ? new TeamCheckIn(4, 4, 4) : null, week.CheckIn);
        Assert.All(weeks.Skip(1), earlier => Assert.Equal((null, null, null), (earlier.SevereMinutes, earlier.Breaks, earlier.CheckIn)));
    }

    [Fact]
    public async Task TeamWeek_WhileItLasts_OrOfAnotherLead_IsNotTold()
    {
        Caller lead = await _console.PersonAsync(Roles.Lead);
        Guid team = await TeamAsync(lead);
        for (int i = 0; i < 6; i++)
        {
            await WorkedAsync(await _console.PersonAsync(), team, TimeSpan.FromMinutes(60), 4);
        }

        Assert.All(await _console.Use<ReadTeamWeeks>().RunAsync(lead, Cancel), week => Assert.Null(week.SevereMinutes));
        Assert.Empty(await _console.Use<ReadTeamWeeks>().RunAsync(await _console.PersonAsync(Roles.Lead), Cancel));
    }

    [Fact]
    public async Task EveryoneOverALimit_RaisesTheAlarm_AndAPauseDoesNot()
    {
        (_, ReviewTask hard) = await _console.CaseAsync(_queue, sensitivity: Sensitivity.Severe);
        await _console.CaseAsync(_queue);
        DateTimeOffset now = _console.Clock.GetUtcNow();
        await _console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new SevereTime { PersonId = _person.Id, Since = now.AddMinutes(-55), Until = now })));
        await _console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new WorkShift { PersonId = _person.Id, StartedAt = now.AddMinutes(-55), SeenAt = now })));
        Assert.Equal(SevereHold.PauseDue, (await _console.Use<ReadMeter>().RunAsync(_person, null, Cancel)).Reading.Hold);
        await _console.Get<WatchStranded>().RunOnceAsync(Cancel);
        Assert.Equal(0, await _console.ReadAsync(db => db.Set<StrandedTask>().CountAsync(Cancel)));

        await _console.Use<SetNoSevere>().RunAsync(_person, NoSevereFor.FourHours, Cancel);
        await _console.Get<WatchStranded>().RunOnceAsync(Cancel);

        Assert.Equal([hard.Number], await _console.ReadAsync(db => db.Set<StrandedTask>().Select(row => row.TaskNumber).ToListAsync(Cancel)));
        await _console.Use<SetNoSevere>().RunAsync(_person, NoSevereFor.Nothing, Cancel);
        _console.Clock.Advance(TimeSpan.FromMinutes(10));
        await _console.Get<WatchStranded>().RunOnceAsync(Cancel);
        Assert.Equal(0, await _console.ReadAsync(db => db.Set<StrandedTask>().CountAsync(Cancel)));
    }

    private Task<ReleaseOutcome> GiveBackAsync(LeasedTask task) => _console.Use<ReleaseTask>().RunAsync(_person, task.TaskNumber, task.Fence, exclude: true, Cancel);

    private Task<TakeBackResult> TakeBackAsync(LeasedTask task) => _console.Use<TakeTaskBack>().RunAsync(_person, task.TaskNumber, task.Fence, Cancel);

    private Task<int> LookAsync(DateTimeOffset from, double seconds) => _console.WriteAsync(scope =>
    {
        MediaReveal reveal = new() { MediaId = Guid.NewGuid(), PersonId = _person.Id, RevealedAt = from, ExpiresAt = from.AddMinutes(15) };
        scope.Db.Add(reveal);
        scope.Db.Add(new MediaRevealEnd { RevealId = reveal.Id, EndedAt = from.AddSeconds(seconds), Seconds = seconds });
        return Task.FromResult(0);
    });

    private Task<Guid> TeamAsync(Caller lead) => _console.WriteAsync(scope =>
    {
        Team team = new() { Name = "Night", LeadId = lead.Id };
        scope.Db.Add(team);
        return Task.FromResult(team.Id);
    });

    private Task<int> WorkedAsync(Caller person, Guid team, TimeSpan severe, int? answer) => _console.WriteAsync(scope =>
    {
        scope.Db.Add(new WorkShift { PersonId = person.Id, TeamId = team, StartedAt = scope.Now, SeenAt = scope.Now });
        scope.Db.Add(new SevereTime { PersonId = person.Id, Since = scope.Now, Until = scope.Now + severe });
        if (answer is { } given)
        {
            scope.Db.Add(new CheckIn { PersonId = person.Id, TeamId = team, Day = DateOnly.FromDateTime(scope.Now.UtcDateTime), Mood = given, Distance = given, Control = given });
        }

        return Task.FromResult(0);
    });
}
