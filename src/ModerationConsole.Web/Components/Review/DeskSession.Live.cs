using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class DeskSession
{
    private IDisposable? _place;
    private bool _missed;

    /// <summary>The desk shows life. A person who was active lately keeps the case; a case that was lost is explained.</summary>
    /// <returns>For how many seconds the case is kept; 0 where none is or nobody was active, null where it could not be kept.</returns>
    public async Task<double?> HeartbeatAsync(bool activeLately)
    {
        if (!activeLately || Case is null)
        {
            return 0;
        }

        _keptFor = null;
        await QuietlyAsync(KeepAsync);
        return _keptFor;
    }

    /// <summary>The line to the page is lost: the case lasts for the grace period, and no new one is drawn for an empty chair.</summary>
    public async Task LineLostAsync()
    {
        LeaveLine();
        await drafts.FlushAsync();
        if (Mode == DeskMode.Working)
        {
            WatchLostLine();
            await tasks.GraceAsync(CancellationToken.None);
        }
    }

    /// <summary>The line is back: what is still held is kept, a waiting desk waits again.</summary>
    public Task LineBackAsync()
    {
        LineIsBack();
        return Mode == DeskMode.Waiting ? RunAsync(NextAsync) : QuietlyAsync(KeepAsync);
    }

    private void JoinLine()
    {
        if (_place is null)
        {
            IReadOnlySet<Guid> wanted = Queue is { } one ? new HashSet<Guid> { one.Id } : Queues.Select(queue => queue.Id).ToHashSet();
            _place = watch.Join(wanted, TryTakeAsync);
        }
    }

    private void LeaveLine()
    {
        _place?.Dispose();
        _place = null;
    }

    // Called by the line when it is this desk's turn.
    private async Task<bool> TryTakeAsync()
    {
        bool taken = false;
        await _onPage(async () =>
        {
            if (Busy)
            {
                _missed = true;
            }
            else if (Mode == DeskMode.Waiting && await RunAsync(NextAsync))
            {
                taken = Mode == DeskMode.Working;
            }
        });
        return taken;
    }

    private Task OnEventsAsync(IReadOnlyList<OutboxEvent> events) => _onPage(() => QuietlyAsync(async () =>
    {
        bool missed = events.Any(change => change.Kind == LiveKind.Missed);
        bool drawAgain = missed;
        if (missed || events.Any(change => change.Kind == LiveKind.PersonChanged))
        {
            await AgreeOnRestAsync();
            await AskAgainAsync();
            drawAgain = true;
        }

        if (_spare is { } spare && events.Any(change => change.Kind == LiveKind.LeaseEnded && change.TaskNumber == spare.Task))
        {
            ForgetSpare();
        }

        if (Case is { } about && (missed || events.Any(change => change.Kind == LiveKind.LeaseEnded && change.TaskNumber == about.TaskNumber)))
        {
            await ExplainIfGoneAsync(about);
            drawAgain = true;
        }

        if (Case is { } same && (missed || events.Any(change => change.CaseNumber == same.CaseNumber && change.Kind is LiveKind.CaseChanged or LiveKind.MediaChanged)))
        {
            await RefreshAsync(same);
            drawAgain = true;
        }

        drawAgain |= await RenewStackAsync(events);
        if (missed
            || events.Any(change => change is { Kind: LiveKind.PersonChanged or LiveKind.ConfigurationChanged } or { Kind: LiveKind.QueueChanged, State: "paused" or "resumed" }))
        {
            Queues = await queues.ListAsync(_closing.Token);
            drawAgain = true;
        }

        // Most of what happens in a queue shows on no desk but one.
        if (drawAgain)
        {
            Changed?.Invoke();
        }
    }));

    private Task OnFiguresAsync() => _onPage(() => QuietlyAsync(async () =>
    {
        IReadOnlyList<MyQueue> known = Queues;
        IReadOnlyList<MyQueue> renewed = await queues.RenewAsync(known, _closing.Token);
        // What was listed anew meanwhile is newer.
        if (Queues == known && renewed != known)
        {
            Queues = renewed;
            FiguresChanged?.Invoke();
        }
    }));

    // What the desk does by itself: it blocks no key, and gives way to a command that is under way.
    private async Task QuietlyAsync(Func<Task> work)
    {
        try
        {
            if (!_closing.IsCancellationRequested)
            {
                await work();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or PermissionDeniedException or ObjectDisposedException)
        {
            // The page closes, or the person may no longer work: the next command says so.
        }
#pragma warning disable CA1031 // the next heartbeat or event tries again
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(error, error.GetType().Name);
        }
    }

    private async Task KeepAsync()
    {
        if (Case is not { } about || Busy)
        {
            _keptFor = 0;
            return;
        }

        (LeasedTask? held, LeasedTask? spare) = await tasks.KeepAsync(_closing.Token, atWork: !_away);
        if (_looking.IsCompleted && _spare is { } mine && (spare?.TaskNumber, spare?.Fence) != mine)
        {
            ForgetSpare();
        }

        _keptFor = held is null ? 0 : (held.ExpiresAt - clock.GetUtcNow()).TotalSeconds;
        if (held?.TaskNumber != about.TaskNumber || held.Fence != about.Fence)
        {
            await ExplainIfGoneAsync(about);
        }

        LookAhead();
    }

    // A break begun or ended in one window holds in all of them.
    private async Task AgreeOnRestAsync()
    {
        bool resting = await rest.ReadAsync(_closing.Token) is not null;
        if (!Busy && resting != (Mode == DeskMode.Resting))
        {
            LeaveLine();
            ForgetSpare();
            await RestOrIdleAsync();
        }
    }

    // The task that the screen was drawn for, under its number: a newer draw of the same task is another.
    private async Task ExplainIfGoneAsync(DeskCase about)
    {
        TaskFate fate = await tasks.FateAsync(about, _closing.Token);
        if (fate == TaskFate.StillYours || !IsOnScreen(about.TaskNumber, about.Fence) || Busy)
        {
            return;
        }

        // The page tells what is typed in pauses; what was typed since the last one is kept too.
        Dictionary<string, string>? typed = await ReadPage();
        if (IsOnScreen(about.TaskNumber, about.Fence) && !Busy)
        {
            Typed(typed ?? []);
            Leave(WordsFor(fate));
        }
    }

    // New evidence on the case in hand: the evidence is renewed, what was chosen and written stays.
    private async Task RefreshAsync(DeskCase about)
    {
        DeskCase? renewed = await Task.Run(() => tasks.GetAsync(about.TaskNumber, _closing.Token));
        if (renewed is null || Busy || !IsOnScreen(renewed.TaskNumber, renewed.Fence))
        {
            return;
        }

        Case = renewed;
        if (renewed.Reports.Count > about.Reports.Count)
        {
            status.Say(DeskText.NewReport);
        }
    }

    private async Task GoneAsync(DeskCase about) => Leave(WordsFor(await tasks.FateAsync(about, _closing.Token)));

    private static string WordsFor(TaskFate fate) => fate switch
    {
        TaskFate.DecidedByYou => DeskText.DecidedElsewhere,
        TaskFate.Withdrawn => DeskText.Withdrawn,
        TaskFate.WentBack or TaskFate.StillYours => DeskText.WentBack,
        _ => throw new InvalidOperationException("The fate of the task is unknown."),
    };

    // The content goes, what the person wrote stays where they can copy it.
    private void Leave(string what)
    {
        if (Case is not { } about || Form is not { } form)
        {
            return;
        }

        LeftCase left = new(CaseWords.Title(about), what, form.Reason.Text, form.Note.Text);
        Clear(DeskMode.Left);
        Left = left;
        status.Say(what);
        Changed?.Invoke();
    }
}
