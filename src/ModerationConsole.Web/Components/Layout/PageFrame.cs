using Microsoft.AspNetCore.Components;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>
/// What the page on show puts into the frame around it. One a circuit. The frame's own bars draw it as a part of themselves: an outlet
/// for each place would be two components, and each component costs memory for as long as the page is open.
/// </summary>
public sealed class PageFrame
{
    private object? _page;

    /// <summary>Raised, on the page's own thread, when something of it is to be drawn again.</summary>
    public event Action? Changed;

    /// <summary>For the browser's tab; null where no page says any.</summary>
    public string? Title { get; private set; }

    /// <summary>Top bar, start: where am I, how much waits.</summary>
    public RenderFragment<Moment>? Where { get; private set; }

    /// <summary>Top bar, end: what belongs to a shift ("Take a break").</summary>
    public RenderFragment? Shift { get; private set; }

    /// <summary>Status bar: what can be done about the last result ("Undo"); at its end whether typed text is saved, and the page's keys.</summary>
    public RenderFragment? Bottom { get; private set; }

    /// <summary>Another page is on show, or the same was drawn again.</summary>
    public void Fill(object page, string? title, RenderFragment<Moment>? where, RenderFragment? shift, RenderFragment? bottom)
    {
        (_page, Title, Where, Shift, Bottom) = (page, title, where, shift, bottom);
        Changed?.Invoke();
    }

    /// <summary>What a part says has changed, though the page as a whole need not be drawn.</summary>
    public void DrawAgain() => Changed?.Invoke();

    /// <summary>A page goes away. Where the next has come already, nothing happens.</summary>
    public void Empty(object page)
    {
        if (_page == page)
        {
            _page = null;
            Fill(this, null, null, null, null);
        }
    }
}
