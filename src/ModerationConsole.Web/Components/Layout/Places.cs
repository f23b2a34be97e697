namespace ModerationConsole.Web.Components.Layout;

/// <summary>Places of the shell that a page may fill with SectionContent.</summary>
public static class Places
{
    /// <summary>Top bar, start: where am I, how much waits.</summary>
    public const string Where = "where";

    /// <summary>Top bar, end: what belongs to a shift (meter, "Take a break").</summary>
    public const string Shift = "shift";

    /// <summary>Status bar: what can be done about the last result ("Undo"); at its end whether typed text is saved, and the page's keys.</summary>
    public const string Bottom = "bottom";
}
