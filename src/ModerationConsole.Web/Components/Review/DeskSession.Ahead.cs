using ModerationConsole.Core.Decisions.Desk;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class DeskSession
{
    private static readonly TimeSpan s_lostFor = TimeSpan.FromSeconds(60);

    private (long Task, long Fence)? _spare;
    private ReadAhead? _ahead;
    private Task _looking = Task.CompletedTask;
    private ITimer? _lostTimer;
    private bool _quiet;

    /// <summary>The task that comes next, once it is read; null where none is drawn ahead.</summary>
    public long? TaskAhead => _ahead?.Case.TaskNumber;

    /// <summary>Media of the case that comes next, for their blurred stills to be fetched early; nothing above those.</summary>
    public IReadOnlyList<DeskMedia> MediaAhead => _ahead?.Case.Media ?? [];

    /// <summary>Nobody has touched the page for a minute: what nobody has seen yet goes to others. The case on the screen stays.</summary>
    public Task QuietAsync()
    {
        _quiet = true;
        return QuietlyAsync(GiveSpareBackAsync);
    }

    /// <summary>Someone is at the desk again; a paused one goes on when they say so.</summary>
    public void Here()
    {
        (_away, _quiet) = (false, false);
        LookAhead();
    }

    // The next case is drawn while this one is read, so that it stands there the moment this one is submitted.
    private void LookAhead()
    {
        if (Mode == DeskMode.Working && _spare is null && !_quiet && _looking.IsCompleted && !_closing.IsCancellationRequested)
        {
            _looking = QuietlyAsync(LookAheadAsync);
        }
    }

    private async Task LookAheadAsync()
    {
        // Away from the page's thread: no key waits for it.
        Guid? queue = Queue?.Id;
        if (await Task.Run(() => tasks.ClaimAheadAsync(queue, _closing.Token)) is not { } drawn || Case?.TaskNumber == drawn.TaskNumber)
        {
            return;
        }

        (long Task, long Fence) spare = (drawn.TaskNumber, drawn.Fence);
        if (_quiet || (Mode != DeskMode.Working && !Busy))
        {
            // Nobody wants it any more.
            await tasks.GiveBackAsync(spare.Task, spare.Fence);
            return;
        }

        _spare = spare;
        if (await Task.Run(() => tasks.GetAheadAsync(spare.Task, _closing.Token)) is { } about && about.Fence == spare.Fence)
        {
            ReadAhead read = new(about, await verdicts.BriefAsync(about, _closing.Token));
            if (_spare == spare)
            {
                _ahead = read;
                AheadChanged?.Invoke();
            }
        }
    }

    // What was read ahead, if it is what was drawn now; it is renewed once it is on the screen.
    private ReadAhead? TakeAhead(long task, long fence)
    {
        ReadAhead? ahead = _ahead is { } read && (read.Case.TaskNumber, read.Case.Fence) == (task, fence) ? read : null;
        ForgetSpare();
        return ahead;
    }

    private void ForgetSpare()
    {
        _spare = null;
        _ahead = null;
    }

    private async Task GiveSpareBackAsync()
    {
        await _looking;
        if (_spare is { } spare)
        {
            ForgetSpare();
            await tasks.GiveBackAsync(spare.Task, spare.Fence);
        }
    }

    // A page that does not come back in time is an empty chair.
    private void WatchLostLine()
    {
        _lostTimer?.Dispose();
        _lostTimer = clock.CreateTimer(_ => _ = _onPage(QuietAsync), null, s_lostFor, Timeout.InfiniteTimeSpan);
    }

    private void LineIsBack()
    {
        _lostTimer?.Dispose();
        _lostTimer = null;
        _quiet = false;
    }

    private sealed record ReadAhead(DeskCase Case, DeskBrief Brief);
}
