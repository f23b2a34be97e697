using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Me;

/// <summary>What a browser says of itself, in words that people know theirs by. It is a hint and nothing is decided by it.</summary>
internal static class BrowserWords
{
    // The first that fits: most browsers also name those they descend from.
    private static readonly (string Mark, string Name)[] s_browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] s_systems =
        [("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>Browser and system, or what is known of them.</summary>
    public static string Of(string browser) => (Find(s_browsers, browser), Find(s_systems, browser)) switch
    {
        ({ } name, { } system) => SecurityText.BrowserOn.With(name, system),
        ({ } name, null) => name,
        (null, { } system) => system,
        _ => SecurityText.BrowserUnknown,
    };

    private static string? Find((string Mark, string Name)[] known, string browser) =>
        known.FirstOrDefault(one => browser.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
