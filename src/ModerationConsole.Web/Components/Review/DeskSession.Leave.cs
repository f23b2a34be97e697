using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Wellbeing;

namespace ModerationConsole.Web.Components.Review;

public sealed partial class DeskSession
{
    private bool _away;

    /// <summary>Why the person is resting.</summary>
    public RestKind Rest { get; private set; }

    /// <summary>The person has just stopped a case.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Queues that the case on the screen can be sent to.</summary>
    public IReadOnlyList<MoveTarget> MoveTargets { get; private set; } = [];

    /// <summary>Reads where the case on the screen can be sent to.</summary>
    public async Task ReadMoveTargetsAsync()
    {
        MoveTargets = Case is { } about ? await queues.TargetsAsync(about, _closing.Token) : [];
        Changed?.Invoke();
    }

    /// <summary>The person skips the case and gets the next.</summary>
    public Task SkipAsync(long task, long fence) => GiveBackAsync(task, fence, () =>
    {
        RememberGivenBack(task, fence);
        Tell(DeskText.Skipped);
        return NextAsync();
    });

    /// <summary>The person stops this case: it is gone from the screen at once, whatever the server says, and nothing follows by itself.</summary>
    public Task StopAsync(long task, long fence) => GiveBackAsync(task, fence, () =>
    {
        RememberGivenBack(task, fence);
        // It went back with the case that was stopped.
        ForgetSpare();
        Stopped = true;
        _betweenSince = clock.GetUtcNow();
        Notice = DeskText.Stopped;
        status.Say(DeskText.Stopped);
        return Task.CompletedTask;
    });

    /// <summary>The person sends the case to another queue.</summary>
    public Task MoveAsync(long task, long fence, MoveTarget to) => RunAsync(async () =>
    {
        ArgumentNullException.ThrowIfNull(to);
        if (!IsOnScreen(task, fence) || Case is not { } about)
        {
            return;
        }

        await AfterLeavingAsync(about, await queues.MoveAsync(about, to, _closing.Token));
    });

    /// <summary>The person asks an expert.</summary>
    public Task EscalateAsync(long task, long fence, QuestionDraft question) =>
        HandOnAsync(task, fence, about => verdicts.EscalateAsync(about, question, _closing.Token));

    /// <summary>To whom a question can be put.</summary>
    public Task<Addressees> AddresseesAsync() => verdicts.AddresseesAsync(_closing.Token);

    /// <summary>The person raises an emergency.</summary>
    public Task EmergencyAsync(long task, long fence, string what) =>
        HandOnAsync(task, fence, about => verdicts.EmergencyAsync(about, what, _closing.Token));

    /// <summary>The person marks the case as child safety; who may not see such cases has it on the screen no longer.</summary>
    public Task ChildSafetyAsync(long task, long fence) =>
        HandOnAsync(task, fence, about => verdicts.ChildSafetyAsync(about, _closing.Token));

    /// <summary>The person takes a break; what they hold goes back, what they typed is kept.</summary>
    public Task TakeBreakAsync() => RunAsync(async () =>
    {
        LeaveLine();
        Task saving = drafts.FlushAsync();
        Clear(DeskMode.Resting);
        // It goes back with the rest.
        ForgetSpare();
        Rest = RestKind.Break;
        // What was said of the work before is over.
        status.Say("");
        Changed?.Invoke();
        await saving;
        await rest.TakeBreakAsync(_closing.Token);
    });

    /// <summary>The person is back.</summary>
    public Task ResumeAsync() => RunAsync(async () =>
    {
        _offeredAt = null;
        await rest.EndAsync(_closing.Token);
        await NextAsync();
    });

    /// <summary>Nobody is at the desk. A desk that waits pauses; one with a case keeps it until its time runs out.</summary>
    public Task AwayAsync()
    {
        _away = true;
        return Mode == DeskMode.Waiting ? RunAsync(PauseAsync) : Task.CompletedTask;
    }

    private async Task PauseAsync()
    {
        LeaveLine();
        if (await tasks.KeepAsync(_closing.Token) is { Shown: not null })
        {
            // The person works in another window; a pause would take that case from them.
            Clear(DeskMode.Idle);
            return;
        }

        await rest.PauseAsync(_closing.Token);
        Clear(DeskMode.Resting);
        status.Say("");
        Rest = RestKind.Paused;
    }

    private async Task RestOrIdleAsync()
    {
        if (await rest.ReadAsync(_closing.Token) is { } kind)
        {
            Clear(DeskMode.Resting);
            Rest = kind;
        }
        else
        {
            Clear(DeskMode.Idle);
        }
    }

    private Task<bool> GiveBackAsync(long task, long fence, Func<Task> then) => RunAsync(async () =>
    {
        if (!IsOnScreen(task, fence))
        {
            return;
        }

        // Off the screen first; what was typed is saved on the way.
        Task saving = drafts.FlushAsync();
        Clear(DeskMode.Idle);
        Changed?.Invoke();
        await saving;
        await tasks.ReleaseAsync(task, fence, _closing.Token);
        await then();
    });

    private Task<bool> HandOnAsync(long task, long fence, Func<DeskCase, Task<Departure>> handOn) => RunAsync(async () =>
    {
        if (IsOnScreen(task, fence) && Case is { } about)
        {
            await drafts.FlushAsync();
            await AfterLeavingAsync(about, await handOn(about));
        }
    });

    private async Task AfterLeavingAsync(DeskCase about, Departure departure)
    {
        switch (departure.How)
        {
            case DepartureHow.Left:
                OfferUndo(null, null);
                Tell(departure.Words);
                await NextAsync();
                break;
            case DepartureHow.NotYours:
                await GoneAsync(about);
                break;
            case DepartureHow.Refused:
                Hint = departure.Words;
                break;
            default:
                throw new InvalidOperationException("How the case left is unknown.");
        }
    }
}
