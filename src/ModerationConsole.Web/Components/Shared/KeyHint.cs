using Microsoft.AspNetCore.Components;

namespace ModerationConsole.Web.Components.Shared;

/// <summary>
/// The key that works a button, on the button; readers hear it from aria-keyshortcuts. A piece of markup, not a component: a desk
/// has dozens, and each component costs memory for as long as the page is open.
/// </summary>
public static class KeyHint
{
    /// <summary>The key of a command as the person has it; nothing where no key does it.</summary>
    /// <param name="preferences">The person's keys.</param>
    /// <param name="command">The command, as the page's script calls it.</param>
    public static RenderFragment Of(DeskPreferences preferences, string command) => builder =>
    {
        if (preferences.Map.Label(command) is { } label)
        {
            builder.OpenElement(0, "kbd");
            builder.AddAttribute(1, "aria-hidden", "true");
            builder.AddContent(2, label);
            builder.CloseElement();
        }
    };
}
