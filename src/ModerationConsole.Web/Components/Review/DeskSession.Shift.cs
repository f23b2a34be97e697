using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;
using ModerationConsole.Web.Components.Wellbeing;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class DeskSession
{
    // Between two cases the meter is read so often at most: a submit must not wait for it each time.
    private static readonly TimeSpan s_meterEach = TimeSpan.FromSeconds(60);

    // Who comes back to a tab later than that begins anew.
    private static readonly TimeSpan s_recalledFor = TimeSpan.FromMinutes(15);

    private (long Task, long Fence)? _givenBack;
    private DateTimeOffset? _offeredAt;
    private DateTimeOffset _betweenSince;
    private DateTimeOffset _metered = DateTimeOffset.MinValue;
    private ITimer? _mistakeTimer;
    private ITimer? _holdTimer;

    /// <summary>A break is offered before the next case.</summary>
    public bool BreakOffered { get; private set; }

    /// <summary>Why no severe case is offered while the desk waits; null where they are.</summary>
    public SevereReading? Hold { get; private set; }

    /// <summary>What was given back a moment ago may still be taken back.</summary>
    public bool CanCarryOn => _givenBack is not null;

    /// <summary>What the tab keeps of the time between two cases; null where there is nothing to keep.</summary>
    public BetweenCases? Between(Guid person) => Stopped || BreakOffered || _offeredAt is not null
        ? new BetweenCases(person, _betweenSince, Stopped, BreakOffered, _offeredAt)
        : null;

    /// <summary>The page was loaded again between two cases: it goes on there.</summary>
    public void Recall(BetweenCases kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        DateTimeOffset now = clock.GetUtcNow();
        _offeredAt ??= kept.OfferedAt <= now ? kept.OfferedAt : null;
        if (Mode == DeskMode.Idle && !Busy && (now - kept.At).Duration() <= s_recalledFor)
        {
            (Stopped, BreakOffered, _betweenSince) = (kept.Stopped, kept.BreakOffered, kept.At);
            Changed?.Invoke();
        }
    }

    /// <summary>After a stop: no severe case for a while, and on with other work.</summary>
    public Task NoSevereAsync(NoSevereFor length) => RunAsync(async () =>
    {
        await rest.NoSevereAsync(length, _closing.Token);
        await NextAsync();
    });

    /// <summary>After a stop: on with ordinary cases.</summary>
    public Task OrdinaryWorkAsync() => NoSevereAsync(NoSevereFor.AnHour);

    /// <summary>It was a mistake: the same case again, if it still waits.</summary>
    public Task CarryOnAsync() => RunAsync(async () =>
    {
        if (_givenBack is not { } mine)
        {
            return;
        }

        ForgetGivenBack();
        TakeBackResult result = await tasks.TakeBackAsync(mine.Task, mine.Fence, _closing.Token);
        if (result.Task is { } task)
        {
            LeaveLine();
            await ShowAsync(task);
        }
        else
        {
            status.Say(WellbeingText.CarryTooLate);
        }
    });

    // The page that gave it back may be gone; the minute runs on.
    private async Task RecallGivenBackAsync()
    {
        if (Mode == DeskMode.Idle && await tasks.GivenBackAsync(_closing.Token) is { } mine)
        {
            RememberGivenBack(mine.TaskNumber, mine.Fence, mine.Until - clock.GetUtcNow());
        }
    }

    private void RememberGivenBack(long task, long fence, TimeSpan? left = null)
    {
        ForgetGivenBack();
        _givenBack = (task, fence);
        _mistakeTimer = clock.CreateTimer(
            _ => _ = _onPage(() =>
            {
                if (_givenBack == (task, fence))
                {
                    ForgetGivenBack();
                    Changed?.Invoke();
                }

                return Task.CompletedTask;
            }),
            null, left ?? TakeTaskBack.Window, Timeout.InfiniteTimeSpan);
    }

    private void ForgetGivenBack()
    {
        _givenBack = null;
        _mistakeTimer?.Dispose();
        _mistakeTimer = null;
    }

    // Offered once, declined with one press, and not again before as much has been worked again.
    private async Task<bool> BreakIsDueAsync()
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now - _metered < s_meterEach)
        {
            return false;
        }

        _metered = now;
        if (!(await rest.MeterAsync(_offeredAt, _closing.Token)).OfferBreak)
        {
            return false;
        }

        _offeredAt = _betweenSince = now;
        LeaveLine();
        Clear(DeskMode.Idle);
        BreakOffered = true;
        return true;
    }

    // A desk that waits beside severe cases asks again when they may come.
    private async Task LearnHoldAsync()
    {
        SevereReading reading = (await rest.MeterAsync(null, _closing.Token)).Reading;
        _holdTimer?.Dispose();
        _holdTimer = null;
        Hold = reading.Hold == SevereHold.None ? null : reading;
        if (Hold?.HoldUntil is { } until && until - clock.GetUtcNow() is { Ticks: > 0 } left && left < TimeSpan.FromDays(1))
        {
            _holdTimer = clock.CreateTimer(_ => _ = _onPage(AskAgainAsync), null, left, Timeout.InfiniteTimeSpan);
        }
    }

    private Task AskAgainAsync() => Mode == DeskMode.Waiting ? RunAsync(NextAsync) : Task.CompletedTask;
}
