using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class DeskSession
{
    private IDisposable? _place;
    private bool _missed;

    /// <summary>The desk shows life. A person who was active lately keeps the case; a case that was lost is explained.</summary>
    public async Task HeartbeatAsync(bool activeLately)
    {
        if (!activeLately || Busy || Mode != DeskMode.Working)
        {
            return;
        }

        await RunAsync(async () =>
        {
            LeasedTask? held = await tasks.KeepAsync(_closing.Token);
            if (Case is { } about && (held?.TaskNumber != about.TaskNumber || held.Fence != about.Fence))
            {
                await GoneAsync(about);
            }
        });
    }

    /// <summary>The line to the page is lost: the case lasts for the grace period, and no new one is drawn for an empty chair.</summary>
    public async Task LineLostAsync()
    {
        LeaveLine();
        await drafts.FlushAsync();
        if (Mode == DeskMode.Working)
        {
            await tasks.GraceAsync(CancellationToken.None);
        }
    }

    /// <summary>The line is back: what is still held is kept, a waiting desk waits again.</summary>
    public Task LineBackAsync() => RunAsync(async () =>
    {
        if (Mode == DeskMode.Waiting)
        {
            await NextAsync();
        }
        else if (Case is { } about && await tasks.KeepAsync(_closing.Token) is var held
            && (held?.TaskNumber != about.TaskNumber || held.Fence != about.Fence))
        {
            await GoneAsync(about);
        }
    });

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

    private Task OnEventsAsync(IReadOnlyList<OutboxEvent> events) => _onPage(async () =>
    {
        if (events.Any(change => change.Kind == LiveKind.PersonChanged))
        {
            await RunAsync(AgreeOnRestAsync);
        }

        if (Case is { } about)
        {
            if (!Busy && events.Any(change => change.Kind == LiveKind.LeaseEnded && change.TaskNumber == about.TaskNumber))
            {
                await RunAsync(() => ExplainIfGoneAsync(about));
            }
            else if (events.Any(change => change.CaseNumber == about.CaseNumber && change.Kind is LiveKind.CaseChanged or LiveKind.MediaChanged))
            {
                await RefreshAsync(about);
            }
        }

        if (events.Any(change => change.QueueId is { } id && Queues.Any(queue => queue.Id == id) || change.Kind is LiveKind.PersonChanged or LiveKind.ConfigurationChanged))
        {
            Queues = await queues.ListAsync(_closing.Token);
        }

        Changed?.Invoke();
    });

    // A break begun or ended in one window holds in all of them.
    private async Task AgreeOnRestAsync()
    {
        bool resting = await rest.ReadAsync(_closing.Token) is not null;
        if (resting != (Mode == DeskMode.Resting))
        {
            LeaveLine();
            await RestOrIdleAsync();
        }
    }

    private async Task ExplainIfGoneAsync(DeskCase about)
    {
        if (Case == about && await tasks.FateAsync(about, _closing.Token) != TaskFate.StillYours)
        {
            await GoneAsync(about);
        }
    }

    // New evidence on the case in hand: the evidence is renewed, what was chosen and written stays.
    private async Task RefreshAsync(DeskCase about)
    {
        DeskCase? renewed = await tasks.GetAsync(about.TaskNumber, _closing.Token);
        if (renewed is null || Case != about || renewed.Fence != about.Fence)
        {
            return;
        }

        Case = renewed;
        if (renewed.Reports.Count > about.Reports.Count)
        {
            status.Say(DeskText.NewReport);
        }
    }

    private async Task GoneAsync(DeskCase about)
    {
        TaskFate fate = await tasks.FateAsync(about, _closing.Token);
        Leave(fate switch
        {
            TaskFate.DecidedByYou => DeskText.DecidedElsewhere,
            TaskFate.Withdrawn => DeskText.Withdrawn,
            TaskFate.WentBack or TaskFate.StillYours => DeskText.WentBack,
            _ => throw new InvalidOperationException("The fate of the task is unknown."),
        });
    }

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
