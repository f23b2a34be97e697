namespace ModerationConsole.Web.Components.Layout;

/// <summary>What happened last, said in the status bar and to screen readers. One a circuit.</summary>
public sealed class StatusLine
{
    /// <summary>Raised when there is something else to say.</summary>
    public event Action? Changed;

    /// <summary>What happened; empty when nothing is to be said.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Says what happened. It stands until something else does.</summary>
    public void Say(string text)
    {
        Text = text;
        Changed?.Invoke();
    }
}
