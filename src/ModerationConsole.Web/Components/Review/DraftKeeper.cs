using ModerationConsole.Core.Decisions.Desk;

namespace ModerationConsole.Web.Components.Review;

/// <summary>Saves what is chosen and written about a case, half a second after the last change.</summary>
public sealed class DraftKeeper(DeskVerdicts verdicts, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _saving = new(1, 1);
    private DeskCase? _case;
    private KeptForm? _unsaved;
    private ITimer? _timer;

    /// <summary>Raised, from any thread, when <see cref="State"/> is another.</summary>
    public event Action? Changed;

    /// <summary>Whether what is typed is saved.</summary>
    public DraftState State { get; private set; } = DraftState.None;

    /// <summary>Another case is on the screen.</summary>
    public void Begin(DeskCase about)
    {
        ArgumentNullException.ThrowIfNull(about);
        End();
        _case = about;
        State = about.Draft is null ? DraftState.None : DraftState.Saved;
    }

    /// <summary>Nothing is written any more.</summary>
    public void End()
    {
        _timer?.Dispose();
        _timer = null;
        _unsaved = null;
        _case = null;
        State = DraftState.None;
    }

    /// <summary>Something was changed.</summary>
    public void Touch(KeptForm form)
    {
        _unsaved = form;
        State = DraftState.Unsaved;
        _timer ??= clock.CreateTimer(_ => _ = FlushAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(s_pause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Saves now what is not saved yet. Never throws: what cannot be saved stands on the page, which says so.</summary>
    public async Task FlushAsync()
    {
        // Taken before anything is awaited: the caller may clear the screen meanwhile.
        if (_unsaved is not { } form || _case is not { } about)
        {
            await _saving.WaitAsync();
            _saving.Release();
            return;
        }

        _unsaved = null;
        await _saving.WaitAsync();
        try
        {
            bool saved = await verdicts.SaveDraftAsync(about, form.Write());
            Become(about, saved ? DraftState.Saved : DraftState.NotSaved);
        }
#pragma warning disable CA1031 // a draft that cannot be saved must not take the page with it
        catch (Exception)
#pragma warning restore CA1031
        {
            Become(about, DraftState.NotSaved);
            TryAgain(about, form);
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _timer?.Dispose();
        _saving.Dispose();
    }

    // The database may be gone for a while: what was typed waits on the page and is saved when it is back.
    private void TryAgain(DeskCase about, KeptForm form)
    {
        if (_case == about && _unsaved is null)
        {
            _unsaved = form;
            _timer?.Change(s_retry, Timeout.InfiniteTimeSpan);
        }
    }

    private void Become(DeskCase about, DraftState state)
    {
        if (_case == about && _unsaved is null)
        {
            State = state;
            Changed?.Invoke();
        }
    }
}

/// <summary>Whether what is typed is saved.</summary>
public enum DraftState
{
    None,
    Unsaved,
    Saved,
    NotSaved,
}
