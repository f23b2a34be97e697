using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Integration.Queues;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Wellbeing;

/// <summary>The meter of severe content, and that every path which offers a case keeps to it.</summary>
public sealed class ExposureTests : IAsyncLifetime
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
    public async Task SevereCase_OnTheScreen_CountsUntilItLeaves()
    {
        await SevereAsync();
        LeasedTask task = await _console.ClaimAsync(_person);

        await WorkAsync(TimeSpan.FromSeconds(60));
        await _console.FinishAsync(task);
        _console.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromSeconds(60), await SevereSoFarAsync());
    }

    [Fact]
    public async Task SevereCase_WhileNobodyIsAtTheDesk_DoesNotCount()
    {
        await SevereAsync();
        LeasedTask task = await _console.ClaimAsync(_person);
        await WorkAsync(TimeSpan.FromSeconds(40));

        for (int i = 0; i < 9; i++)
        {
            _console.Clock.Advance(TimeSpan.FromSeconds(20));
            await _console.Use<KeepLease>().RunAsync(_person, Cancel, atWork: false);
        }

        await WorkAsync(TimeSpan.FromSeconds(20));
        await _console.FinishAsync(task);

        // What follows the last sign of life counts for two heartbeats and a little, and from the first new one on.
        Assert.InRange(await SevereSoFarAsync(), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task OrdinaryCase_OrASevereOneDrawnAhead_CountsNothing()
    {
        await _console.CaseAsync(_queue);
        await SevereAsync(priority: 40);
        await SevereAsync(priority: 30);
        await _console.ClaimAsync(_person);
        await _console.ClaimAsync(_person, LeaseSlot.Spare);

        await WorkAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(TimeSpan.Zero, await SevereSoFarAsync());
    }

    [Theory]
    [InlineData(Sensitivity.Severe, Severity.None)]
    [InlineData(Sensitivity.Ordinary, Severity.Severe)]
    public async Task Case_SevereByItsItemOrByAReport_Counts(Sensitivity sensitivity, Severity severity)
    {
        (Case about, _) = await _console.CaseAsync(_queue, sensitivity: sensitivity);
        await _console.WriteAsync(async scope => (await scope.Db.Set<Case>().SingleAsync(row => row.Number == about.Number, Cancel)).Severity = severity);
        await _console.ClaimAsync(_person);

        await WorkAsync(TimeSpan.FromSeconds(40));

        Assert.Equal(TimeSpan.FromSeconds(40), await SevereSoFarAsync());
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task LastSecondOfTheLimit_DecidesWhatIsOfferedNext(int seconds, bool severe)
    {
        await HadAsync(TimeSpan.FromMinutes(240) + TimeSpan.FromSeconds(seconds));
        (_, ReviewTask hard) = await SevereAsync();
        (_, ReviewTask other) = await _console.CaseAsync(_queue);

        Assert.Equal(severe ? hard.Number : other.Number, (await _console.ClaimAsync(_person)).TaskNumber);
    }

    [Fact]
    public async Task LimitReached_OnAnOpenCase_LeavesItOpen_AndTheNextOneIsOrdinary()
    {
        await HadAsync(TimeSpan.FromMinutes(239));
        (_, ReviewTask hard) = await SevereAsync();
        await SevereAsync();
        LeasedTask open = await _console.ClaimAsync(_person);
        Assert.Equal(hard.Number, open.TaskNumber);

        await WorkAsync(TimeSpan.FromMinutes(5));

        IReadOnlyList<LeasedTask> held = await _console.Use<KeepLease>().RunAsync(_person, Cancel);
        Assert.Equal([hard.Number], held.Select(task => task.TaskNumber));
        await _console.FinishAsync(open);
        Assert.Equal(ClaimOutcome.NothingSuitable, await _console.TryClaimAsync(_person));
    }

    [Fact]
    public async Task LimitReached_WhileASevereCaseIsDrawnAhead_SendsItBackBothWays()
    {
        await HadAsync(TimeSpan.FromMinutes(239));
        await SevereAsync();
        (_, ReviewTask second) = await SevereAsync();
        await SevereAsync(priority: 40);
        LeasedTask shown = await _console.ClaimAsync(_person);
        LeasedTask spare = await _console.ClaimAsync(_person, LeaseSlot.Spare);
        await WorkAsync(TimeSpan.FromMinutes(2));
        await _console.FinishAsync(shown);

        ShowResult result = await _console.Use<ShowTask>().RunAsync(_person, spare.TaskNumber, spare.Fence, Cancel);

        Assert.Equal(ShowOutcome.WentBack, result.Outcome);
        Assert.Equal(TaskState.Waiting, (await _console.TaskAsync(second.Number)).State);
        // The same by a claim, which takes the one drawn ahead first.
        await _console.HoldAsync(_person, second, slot: LeaseSlot.Spare);
        Assert.Equal(ClaimOutcome.NothingSuitable, await _console.TryClaimAsync(_person));
        Assert.Equal(TaskState.Waiting, (await _console.TaskAsync(second.Number)).State);
    }

    [Fact]
    public async Task LimitOfAPerson_LeavesOthersAlone()
    {
        Caller other = await _console.PersonAsync();
        await _console.WriteAsync(scope => Task.FromResult(scope.Db.Add(new QueueAccess { QueueId = _queue.Id, PersonId = other.Id })));
        await HadAsync(TimeSpan.FromMinutes(240));
        await SevereAsync();

        Assert.Equal(ClaimOutcome.NothingSuitable, await _console.TryClaimAsync(_person));
        Assert.Equal(ClaimOutcome.Claimed, await _console.TryClaimAsync(other));
    }

    [Fact]
    public async Task Pause_OfTenMinutes_LetsSevereContentComeAgain()
    {
        await SevereAsync();
        await SevereAsync();
        LeasedTask task = await _console.ClaimAsync(_person);
        await WorkAsync(TimeSpan.FromMinutes(55));
        await _console.FinishAsync(task);

        Assert.Equal(ClaimOutcome.NothingSuitable, await _console.TryClaimAsync(_person));
        _console.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(ClaimOutcome.NothingSuitable, await _console.TryClaimAsync(_person));
        _console.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ClaimOutcome.Claimed, await _console.TryClaimAsync(_person));
    }

    [Fact]
    public async Task ShiftWithoutHours_EndsSevereWorkSevenHoursAfterTheFirstClaim_AndANewOneBeginsAfterALongPause()
    {
        await _console.CaseAsync(_queue, priority: 90);
        await SevereAsync();
        LeasedTask first = await _console.ClaimAsync(_person);
        await _console.FinishAsync(first);
        for (int hour = 0; hour < 7; hour++)
        {
            await _console.CaseAsync(_queue, priority: 90);
            _console.Clock.Advance(TimeSpan.FromMinutes(59));
            await _console.FinishAsync(await _console.ClaimAsync(_person));
        }

        _console.Clock.Advance(TimeSpan.FromMinutes(7));
        Assert.Equal(ClaimOutcome.NothingSuitable, await _console.TryClaimAsync(_person));

        _console.Clock.Advance(TimeSpan.FromHours(7));
        Assert.Equal(ClaimOutcome.Claimed, await _console.TryClaimAsync(_person));
    }

    [Fact]
    public async Task PlanOfATeam_IsKept_AndNeverAboveTheMaximum()
    {
        Caller admin = await _console.PersonAsync(Core.People.Roles.Admin);
        SaveShiftPlan save = _console.Use<SaveShiftPlan>();

        Assert.Equal(SaveShiftPlanOutcome.LimitInvalid, await save.RunAsync(admin, new ShiftPlanDraft(_person.Id, SeverePerShift: 301), Cancel));
        Assert.Equal(SaveShiftPlanOutcome.HoursInvalid, await save.RunAsync(admin, new ShiftPlanDraft(_person.Id, From: new TimeOnly(9, 0)), Cancel));
        Assert.Equal(SaveShiftPlanOutcome.UnknownTimeZone, await save.RunAsync(admin, new ShiftPlanDraft(_person.Id, TimeZone: "Nowhere/Land"), Cancel));
        Assert.Equal(SaveShiftPlanOutcome.UnknownSubject, await save.RunAsync(admin, new ShiftPlanDraft(Guid.NewGuid()), Cancel));
        Assert.Equal(SaveShiftPlanOutcome.Saved, await save.RunAsync(admin, new ShiftPlanDraft(_person.Id, SeverePerShift: 10), Cancel));
        Assert.Equal(SaveShiftPlanOutcome.Changed, await save.RunAsync(admin, new ShiftPlanDraft(_person.Id, SeverePerShift: 20), Cancel));

        await HadAsync(TimeSpan.FromMinutes(10));
        await SevereAsync();
        Assert.Equal(ClaimOutcome.NothingSuitable, await _console.TryClaimAsync(_person));
        Assert.Equal("{}", await _console.ReadAsync(db => db.Set<AuditEntry>().Where(row => row.Act == AuditAct.PersonChanged).Select(row => row.Details).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task OptOut_OfACategory_SparesWhatIsReportedUnderItAndBelowIt()
    {
        Policy area = await _console.PolicyAsync();
        Policy below = await _console.PolicyAsync();
        await _console.WriteAsync(async scope => (await scope.Db.Set<Policy>().SingleAsync(row => row.Id == below.Id, Cancel)).ParentId = area.Id);
        (Case about, _) = await _console.CaseAsync(_queue, priority: 90);
        (_, ReviewTask other) = await _console.CaseAsync(_queue);
        await ReportAsync(about, below.Id);

        Assert.Equal(SaveOptOutsOutcome.UnknownPolicy, await _console.Use<SaveOptOuts>().RunAsync(_person, ["pol_none"], Cancel));
        Assert.Equal(SaveOptOutsOutcome.Saved, await _console.Use<SaveOptOuts>().RunAsync(_person, [area.Id], Cancel));

        LeasedTask next = await _console.ClaimAsync(_person);
        Assert.Equal(other.Number, next.TaskNumber);
        await _console.FinishAsync(next);
        await _console.Use<SaveOptOuts>().RunAsync(_person, [], Cancel);
        Assert.Equal(ClaimOutcome.Claimed, await _console.TryClaimAsync(_person));
    }

    [Theory]
    [InlineData(NoSevereFor.AnHour, 60)]
    [InlineData(NoSevereFor.FourHours, 240)]
    public async Task NoSevereWork_Asked_HoldsForItsTime(NoSevereFor length, int minutes)
    {
        await SevereAsync();

        await _console.Use<SetNoSevere>().RunAsync(_person, length, Cancel);

        _console.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.Equal(ClaimOutcome.NothingSuitable, await _console.TryClaimAsync(_person));
        _console.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ClaimOutcome.Claimed, await _console.TryClaimAsync(_person));
    }

    private Task<(Case Case, ReviewTask Task)> SevereAsync(int priority = 60) => _console.CaseAsync(_queue, sensitivity: Sensitivity.Severe, priority: priority);

    // Signs of life each twenty seconds, as a desk gives them.
    private async Task WorkAsync(TimeSpan length)
    {
        for (TimeSpan done = TimeSpan.Zero; done < length; done += TimeSpan.FromSeconds(20))
        {
            _console.Clock.Advance(TimeSpan.FromSeconds(20));
            await _console.Use<KeepLease>().RunAsync(_person, Cancel);
        }
    }

    // A shift of five hours so far, in stretches of forty minutes with pauses between.
    private async Task HadAsync(TimeSpan severe)
    {
        DateTimeOffset began = _console.Clock.GetUtcNow();
        _console.Clock.Advance(TimeSpan.FromMinutes(359));
        await _console.WriteAsync(scope =>
        {
            scope.Db.Add(new WorkShift { PersonId = _person.Id, StartedAt = began, SeenAt = scope.Now });
            TimeSpan each = severe / 6;
            for (int i = 0; i < 6; i++)
            {
                DateTimeOffset since = began.AddMinutes(55 * i);
                scope.Db.Add(new SevereTime { PersonId = _person.Id, Since = since, Until = since + each });
            }

            return Task.FromResult(0);
        });
    }

    private async Task<TimeSpan> SevereSoFarAsync() => (await _console.Use<ReadMeter>().RunAsync(_person, null, Cancel)).Reading.Severe;

    private Task<int> ReportAsync(Case about, string policy) => _console.WriteAsync(scope =>
    {
        scope.Db.Add(new Report { CaseNumber = about.Number, ReporterTypeId = "account", ReporterId = "u-9", PolicyId = policy, ReportedAt = scope.Now, ReceivedAt = scope.Now });
        return Task.FromResult(0);
    });
}
