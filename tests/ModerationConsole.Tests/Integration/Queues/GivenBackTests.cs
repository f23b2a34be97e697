using ModerationConsole.Core.Access;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Queues;

/// <summary>What was given back by mistake is found again by whoever gave it back, for a minute, and by nobody else.</summary>
public sealed class GivenBackTests : IAsyncLifetime
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
    public async Task TaskOnTheScreen_GivenBackWithTheSpare_IsTheOneThatIsFound()
    {
        LeasedTask shown = await GiveBackAsync();

        GivenBack found = Assert.IsType<GivenBack>(await FindAsync(_person));

        Assert.Equal((shown.TaskNumber, shown.Fence, _console.Clock.GetUtcNow() + TakeTaskBack.Window), (found.TaskNumber, found.Fence, found.Until));
        TakeBackResult taken = await _console.Use<TakeTaskBack>().RunAsync(_person, found.TaskNumber, found.Fence, Cancel);
        Assert.Equal(TakeBackOutcome.Taken, taken.Outcome);
        Assert.Null(await FindAsync(_person));
    }

    [Fact]
    public async Task Minute_IsOver_NothingIsFound()
    {
        await GiveBackAsync();
        _console.Clock.Advance(TakeTaskBack.Window + TimeSpan.FromSeconds(1));

        Assert.Null(await FindAsync(_person));
    }

    [Fact]
    public async Task TaskThatSomeoneElseHas_IsNotFound()
    {
        Caller other = await _console.PersonAsync();
        await _console.WriteAsync(scope =>
        {
            scope.Db.Add(new QueueAccess { QueueId = _queue.Id, PersonId = other.Id });
            return Task.FromResult(0);
        });
        LeasedTask shown = await GiveBackAsync();
        Assert.Null(await FindAsync(other));

        Assert.Equal(shown.TaskNumber, (await _console.ClaimAsync(other)).TaskNumber);

        Assert.Null(await FindAsync(_person));
    }

    [Fact]
    public async Task Break_GivesNothingBackByMistake()
    {
        await _console.CaseAsync(_queue);
        await _console.ClaimAsync(_person);
        await _console.Use<TakeBreak>().RunAsync(_person, Cancel);

        Assert.Null(await FindAsync(_person));
    }

    [Fact]
    public async Task TaskSentToAnotherQueue_WasNoMistake()
    {
        Caller other = await _console.PersonAsync();
        CaseQueue elsewhere = await _console.QueueAsync([_person, other]);
        await _console.CaseAsync(_queue);
        LeasedTask shown = await _console.ClaimAsync(_person);
        Assert.Equal(MoveOutcome.Moved, await _console.Use<MoveTask>().RunAsync(_person, shown.TaskNumber, shown.Fence, elsewhere.Id, Cancel));

        Assert.Null(await FindAsync(_person));
    }

    [Fact]
    public async Task TaskOfAQueuePausedSince_IsNotTakenBack()
    {
        LeasedTask shown = await GiveBackAsync();
        Caller lead = await _console.PersonAsync(Core.People.Roles.Lead);
        await _console.Use<PauseQueue>().RunAsync(lead, _queue.Id, TimeSpan.FromHours(1), null, Cancel);

        Assert.Equal(TakeBackOutcome.NotOffered, (await _console.Use<TakeTaskBack>().RunAsync(_person, shown.TaskNumber, shown.Fence, Cancel)).Outcome);
        Assert.Equal(TaskState.Waiting, (await _console.TaskAsync(shown.TaskNumber)).State);
    }

    private Task<GivenBack?> FindAsync(Caller person) => _console.Use<FindGivenBack>().RunAsync(person, Cancel);

    private async Task<LeasedTask> GiveBackAsync()
    {
        for (int place = 0; place < 3; place++)
        {
            await _console.CaseAsync(_queue);
        }

        LeasedTask shown = await _console.ClaimAsync(_person);
        await _console.ClaimAsync(_person, LeaseSlot.Spare);
        _console.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ReleaseOutcome.Released, await _console.Use<ReleaseTask>().RunAsync(_person, shown.TaskNumber, shown.Fence, exclude: true, Cancel));
        return shown;
    }
}
