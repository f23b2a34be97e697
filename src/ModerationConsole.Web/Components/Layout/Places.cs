namespace ModerationConsole.Web.Components.Layout;

/// <summary>Places of the shell that a page may fill with SectionContent.</summary>
public static class Places
{
    /// <summary>Top bar, start: where am I, how much waits.</summary>
    public const string Where = "where";

    /// <summary>Top bar, end: what belongs to a shift (meter, "Take a break").</summary>
    public const string Shift = "shift";

    /// <summary>Status bar: what can be done about the last result ("Undo").</summary>
    public const string Result = "result";

    /// <summary>Status bar, end: whether typed text is saved.</summary>
    public const string Saved = "saved";

    /// <summary>Status bar, last: opens the page's keys.</summary>
    public const string Keys = "keys";
}
