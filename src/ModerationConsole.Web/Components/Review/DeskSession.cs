using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Layout;

namespace ModerationConsole.Web.Components.Review;

/// <summary>
/// One person's desk on one page: what it shows, and what happens on it. All of it runs on the page's own thread; one
/// command at a time, and a command meant for one case never reaches another.
/// </summary>
public sealed partial class DeskSession(
    DeskTasks tasks, DeskVerdicts verdicts, DeskStacks stacks, DeskRest rest, DeskQueues queues, DraftKeeper drafts, DeskWatch watch, StatusLine status,
    TimeProvider clock, ILogger<DeskSession> log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private Func<Func<Task>, Task> _onPage = work => work();

    /// <summary>Raised when something else is to be drawn.</summary>
    public event Action? Changed;

    /// <summary>Raised when more or less waits, and nothing else is to be drawn.</summary>
    public event Action? FiguresChanged;

    /// <summary>The next case is read. Nothing of it is drawn yet, so the case on the screen need not be drawn again for it.</summary>
    public event Action? AheadChanged;

    /// <summary>Reads what stands in the page's fields; null when the page is gone.</summary>
    public Func<Task<Dictionary<string, string>?>> ReadPage { get; set; } = () => Task.FromResult<Dictionary<string, string>?>(null);

    /// <summary>What the desk is doing.</summary>
    public DeskMode Mode { get; private set; }

    /// <summary>The case on the screen.</summary>
    public DeskCase? Case { get; private set; }

    /// <summary>What was chosen and written about it.</summary>
    public DecisionForm? Form { get; private set; }

    /// <summary>What is left of a case that went away.</summary>
    public LeftCase? Left { get; private set; }

    /// <summary>The last decision, while it can be taken back.</summary>
    public UndoOffer? Undo { get; private set; }

    /// <summary>A command is under way; nothing else is accepted.</summary>
    public bool Busy { get; private set; }

    /// <summary>Why the form was not accepted, in words beside Submit.</summary>
    public string Hint { get; private set; } = "";

    /// <summary>What the idle desk says; empty for its usual words.</summary>
    public string Notice { get; private set; } = "";

    /// <summary>What a moderator asked, where the task on the screen is an expert's.</summary>
    public DeskBrief Brief { get; private set; } = DeskBrief.None;

    /// <summary>Saves what is typed.</summary>
    public DraftKeeper Drafts => drafts;

    /// <summary>Whether the desk could not be opened: nothing is known yet of what the person holds.</summary>
    public bool NotOpened { get; private set; }

    /// <summary>The queues the person may work.</summary>
    public IReadOnlyList<MyQueue> Queues { get; private set; } = [];

    /// <summary>The one queue that the person chose; null for all.</summary>
    public MyQueue? Queue { get; private set; }

    /// <summary>Opens the desk: what the person holds already is shown at once.</summary>
    /// <param name="onPage">Runs work on the page's own thread.</param>
    public async Task OpenAsync(string? slug, Func<Func<Task>, Task> onPage)
    {
        _onPage = onPage;
        await watch.StartAsync(OnEventsAsync, OnFiguresAsync, _closing.Token);
        await OpenAgainAsync(slug);
    }

    /// <summary>Looks again for what the person holds, where the desk could not be opened.</summary>
    public Task OpenAgainAsync(string? slug) => RunAsync(async () =>
    {
        await ChooseQueueAsync(slug);
        if (await tasks.KeepAsync(_closing.Token) is { Shown: { } held })
        {
            await ShowAsync(held);
        }
        else
        {
            await RestOrIdleAsync();
            await RecallGivenBackAsync();
        }
    });

    /// <summary>The person asks for work.</summary>
    public Task BeginAsync() => RunAsync(NextAsync);

    /// <summary>The person goes to another queue; what is on the screen stays.</summary>
    public Task GoToAsync(string? slug) => RunAsync(async () =>
    {
        await ChooseQueueAsync(slug);
        if (Mode == DeskMode.Waiting)
        {
            // Another line to stand in.
            LeaveLine();
            await NextAsync();
        }
        else
        {
            // What comes next comes from there.
            await GiveSpareBackAsync();
        }
    });

    /// <summary>Closes the desk; the page does so before the circuit's services end, and they do so again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        LeaveLine();
        watch.Dispose();
        _undoTimer?.Dispose();
        _mistakeTimer?.Dispose();
        _holdTimer?.Dispose();
        _lostTimer?.Dispose();
        // What was typed in the last half second is saved before everything ends.
        await drafts.FlushAsync();
        await QuietlyAsync(GiveSpareBackAsync);
        await _closing.CancelAsync();
    }

    private async Task ChooseQueueAsync(string? slug)
    {
        Queues = await queues.ListAsync(_closing.Token);
        Queue = slug is null ? null : Queues.FirstOrDefault(queue => queue.Slug == slug);
        Notice = slug is not null && Queue is null ? DeskText.NoSuchQueue : "";
    }

    private void Clear(DeskMode mode)
    {
        Mode = mode;
        Case = null;
        Form = null;
        Left = null;
        Brief = DeskBrief.None;
        Stopped = BreakOffered = false;
        Hold = null;
        Hint = Notice = "";
        ForgetStack();
        drafts.End();
    }

    private bool IsOnScreen(long task, long fence) => Case is { } about && about.TaskNumber == task && about.Fence == fence;

    // One command at a time. A fault is told and leaves everything as it stands.
    private async Task<bool> RunAsync(Func<Task> command)
    {
        if (Busy || _closing.IsCancellationRequested)
        {
            return false;
        }

        Busy = true;
        NotOpened = false;
        _happened = null;
        Changed?.Invoke();
        try
        {
            do
            {
                await command();
                command = NextAsync;
            }
            while (_missed && Mode == DeskMode.Waiting);
            return true;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return false;
        }
        catch (PermissionDeniedException)
        {
            status.Say(DeskText.NotAllowed);
            return false;
        }
#pragma warning disable CA1031 // the desk must outlive a database that is away for a moment: what is typed stays
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFault(error, error.GetType().Name);
            NotOpened = Mode == DeskMode.Opening;
            status.Say(DeskText.DidNotWork);
            return false;
        }
        finally
        {
            Busy = false;
            Changed?.Invoke();
            AfterCommand();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A command of the desk failed ({Error})")]
    private partial void LogFault(Exception exception, string error);
}
