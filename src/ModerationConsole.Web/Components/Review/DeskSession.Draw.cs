using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Queues;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class DeskSession
{
    private string? _happened;
    private DeskCase? _renewing;

    private async Task NextAsync()
    {
        if (_happened is not null && await BreakIsDueAsync())
        {
            return;
        }

        // In line first, then asked: what arrives between the two is not missed.
        JoinLine();
        _missed = false;
        ClaimResult result = await tasks.ClaimAsync(Queue?.Id, _closing.Token);
        switch (result.Outcome)
        {
            case ClaimOutcome.Claimed or ClaimOutcome.AlreadyHolding:
                LeaveLine();
                await ShowAsync(result.Task!);
                break;
            case ClaimOutcome.NothingSuitable:
                // Asked again by the line, it says so once; what was done just before is said with it.
                if (Mode != DeskMode.Waiting)
                {
                    status.Say(string.Join(' ', new[] { _happened, DeskText.NothingSuitable }.OfType<string>()));
                }

                Clear(DeskMode.Waiting);
                await LearnHoldAsync();
                if (_away)
                {
                    await PauseAsync();
                }

                break;
            case ClaimOutcome.Resting:
                LeaveLine();
                await RestOrIdleAsync();
                break;
            case ClaimOutcome.NoQueue:
                LeaveLine();
                Clear(DeskMode.Idle);
                Notice = DeskText.NoQueue;
                break;
            default:
                throw new InvalidOperationException("The outcome of the claim is unknown.");
        }
    }

    private Task ShowAsync(LeasedTask drawn) => ShowAsync(drawn.TaskNumber, drawn.Fence);

    private async Task ShowAsync(long taskNumber, long fence)
    {
        ReadAhead? ahead = TakeAhead(taskNumber, fence);
        DeskCase? about = ahead?.Case ?? await tasks.GetAsync(taskNumber, _closing.Token);
        if (about is null)
        {
            // What may not be shown must not stay in these hands either.
            await tasks.ReleaseAsync(taskNumber, fence, _closing.Token);
            Clear(DeskMode.Idle);
            Notice = DeskText.WentBackUnseen;
            return;
        }

        Clear(DeskMode.Working);
        Case = about;
        Form = new DecisionForm(about);
        Brief = ahead is null ? await verdicts.BriefAsync(about, _closing.Token) : ahead.Brief;
        drafts.Begin(about);
        await GatherAsync(taskNumber, fence);
        if (ahead is not null)
        {
            // Since it was read there may have been a report, or a verdict on the same author: drawn at once, renewed at once.
            _renewing = about;
        }
    }

    // Says what was done, and remembers it in case nothing follows.
    private void Tell(string words)
    {
        _happened = words;
        status.Say(words);
    }

    private void AfterCommand()
    {
        if (_renewing is { } about)
        {
            _renewing = null;
            _ = QuietlyAsync(async () =>
            {
                await RefreshAsync(about);
                Changed?.Invoke();
            });
        }

        LookAhead();
    }
}
