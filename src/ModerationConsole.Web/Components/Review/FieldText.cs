namespace ModerationConsole.Web.Components.Review;

/// <summary>
/// A text that is being typed. The page keeps what is typed and tells it in pauses, so a slow line never overwrites a
/// letter; only a new revision writes into the page.
/// </summary>
public sealed class FieldText
{
    /// <summary>What stands in the field, as far as is known here.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What the page was last told to show.</summary>
    public string Shown { get; private set; } = "";

    /// <summary>Raised each time the page is told to show something.</summary>
    public int Revision { get; private set; }

    /// <summary>The person typed.</summary>
    public void Typed(string text) => Text = text;

    /// <summary>The console fills the field.</summary>
    public void Fill(string text)
    {
        Text = Shown = text;
        Revision++;
    }
}
