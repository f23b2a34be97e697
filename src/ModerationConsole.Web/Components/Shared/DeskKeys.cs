namespace ModerationConsole.Web.Components.Shared;

/// <summary>A command that has a key.</summary>
/// <param name="Command">Its name, as the page's script says it.</param>
/// <param name="Chord">The key that everyone begins with; empty for none.</param>
public sealed record DeskKey(string Command, string Chord);

/// <summary>Why a map of keys cannot be used.</summary>
/// <param name="Command">The command whose key is at fault.</param>
/// <param name="Other">The command that has the same key; null where the key is taken by the page itself.</param>
public sealed record KeyConflict(string Command, string? Other);

/// <summary>
/// The keys of the desk as one person has them. A chord is written the way people say it: "a", "Shift+R", "Ctrl+Enter". "Ctrl" also means
/// Cmd. What a key press means is decided in the page (wwwroot/js/keymap.js).
/// </summary>
public sealed class DeskKeys(IReadOnlyDictionary<string, string> chosen, bool singleKeys)
{
    // Keys that the page, the browser or another rule of the desk already owns.
    private static readonly HashSet<string> s_reserved =
    [
        "escape", "enter", "tab", "shift+tab", "space", "backspace", "delete", "arrowup", "arrowdown", "arrowleft", "arrowright", "home", "end",
        "pageup", "pagedown", "ctrl+a", "ctrl+c", "ctrl+v", "ctrl+x", "ctrl+z", "ctrl+l", "ctrl+n", "ctrl+r", "ctrl+t", "ctrl+w",
    ];

    /// <summary>Every command, in the order in which people are told of them.</summary>
    public static IReadOnlyList<DeskKey> All { get; } =
    [
        new("allow", "a"), new("violation", "v"),
        new("policy1", "1"), new("policy2", "2"), new("policy3", "3"), new("policy4", "4"), new("policy5", "5"),
        new("policy6", "6"), new("policy7", "7"), new("policy8", "8"), new("policy9", "9"),
        new("submit", "Ctrl+Enter"), new("escalate", "e"), new("skip", "s"), new("stop", "z"), new("undo", "u"), new("note", "c"),
        new("next", "j"), new("previous", "k"),
        new("revealHoldStart", "r"), new("revealUntilHidden", "Shift+R"),
        new("grey", "g"), new("blurMore", "b"), new("blurLess", "Shift+B"), new("zoom", "l"), new("fullscreen", "f"),
        new("playPause", "p"), new("mute", "m"), new("seekBack", ","), new("seekForward", "."), new("slower", "["), new("faster", "]"), new("markTime", "t"),
        new("focus", ""), new("palette", "Ctrl+K"), new("help", "?"),
    ];

    private static readonly Dictionary<string, string> s_defaults = All.ToDictionary(key => key.Command, key => key.Chord, StringComparer.Ordinal);

    /// <summary>Whether keys without Ctrl or Alt are listened to.</summary>
    public bool SingleKeys => singleKeys;

    /// <summary>The whole map, as the page's script takes it.</summary>
    public IReadOnlyDictionary<string, string> Chords => All.ToDictionary(key => key.Command, key => ChordOf(key.Command), StringComparer.Ordinal);

    /// <summary>The chord of a command; empty where it has none.</summary>
    public string ChordOf(string command) => chosen.TryGetValue(command, out string? chord) ? chord : s_defaults[command];

    /// <summary>What stands on the command's button; null where no key works it.</summary>
    public string? Label(string command) => Parts(command) is { } parts ? string.Join(' ', parts.Select(Shown)) : null;

    /// <summary>The same for <c>aria-keyshortcuts</c>.</summary>
    public string? Aria(string command)
    {
        if (Parts(command) is not { } parts)
        {
            return null;
        }

        string spoken = string.Join('+', parts.Select(part => part == "Ctrl" ? "Control" : part));
        return parts[0] == "Ctrl" ? $"{spoken} Meta{spoken["Control".Length..]}" : spoken;
    }

    /// <summary>What stands in the way of using a map.</summary>
    public static IReadOnlyList<KeyConflict> Conflicts(IReadOnlyDictionary<string, string> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        List<KeyConflict> found = [];
        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        foreach (DeskKey key in All)
        {
            string chord = Normal(map.TryGetValue(key.Command, out string? own) ? own : key.Chord);
            if (chord.Length == 0)
            {
                continue;
            }

            if (s_reserved.Contains(chord))
            {
                found.Add(new KeyConflict(key.Command, null));
            }
            else if (!taken.TryAdd(chord, key.Command))
            {
                found.Add(new KeyConflict(key.Command, taken[chord]));
            }
        }

        return found;
    }

    /// <summary>One spelling for each chord, as the page's script spells it: "Cmd+shift+r" is "ctrl+shift+r".</summary>
    public static string Normal(string chord)
    {
        string[] parts = Split(chord);
        if (parts.Length == 0)
        {
            return "";
        }

        HashSet<string> modifiers = [.. parts[..^1].Select(part => part.ToLowerInvariant())];
        bool Has(params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
            {
                if (modifiers.Contains(name))
                {
                    return true;
                }
            }

            return false;
        }

        string last = parts[^1].ToLowerInvariant();
        return string.Join('+', new[]
        {
            Has("ctrl", "control", "cmd", "meta", "mod") ? "ctrl" : null,
            Has("alt", "option") ? "alt" : null,
            Has("shift") ? "shift" : null,
            last == "esc" ? "escape" : last,
        }.OfType<string>());
    }

    private string[]? Parts(string command)
    {
        string[] parts = Split(ChordOf(command));
        bool single = !parts.Any(part => part is "Ctrl" or "Alt");
        return parts.Length == 0 || (single && !singleKeys) ? null : parts;
    }

    private static string Shown(string part) => part switch
    {
        "Enter" => "↵",
        { Length: 1 } => part.ToUpperInvariant(),
        _ => part,
    };

    // "Ctrl++" is Ctrl and plus.
    private static string[] Split(string chord)
    {
        string trimmed = chord.Trim();
        if (trimmed.Length == 0)
        {
            return [];
        }

        return trimmed.EndsWith('+')
            ? [.. trimmed[..^1].Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), "+"]
            : trimmed.Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
