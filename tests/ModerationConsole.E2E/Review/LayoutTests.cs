using System.Text.Json;
using ModerationConsole.E2E.Support;

namespace ModerationConsole.E2E.Review;

/// <summary>What a key press means to the script that ships, on keyboards of other countries.</summary>
public sealed class LayoutTests(ConsoleFixture console)
{
    private const string Interpret = """
        async ({ event, state }) => {
            const { compile, completeMap, interpret } = await import('/js/keymap.js');
            const target = document.createElement(state.field ?? 'div');
            if (state.value) target.value = state.value;
            if (state.finder) target.setAttribute('data-desk-find', '');
            const press = { key: '', code: '', keyCode: 0, repeat: false, isComposing: false, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, target,
                getModifierState: (name) => name === 'AltGraph' && Boolean(event.altGr), ...event };
            const meaning = interpret(press, { keys: compile(completeMap(state.map)), singleKeys: state.singleKeys ?? true, busy: state.busy ?? false,
                sinceDrawn: state.sinceDrawn ?? 1000, hasTask: state.hasTask ?? true, violation: state.violation ?? true, modal: state.modal ?? false, inDesk: true });
            if (meaning === null) return 'not ours';
            if (meaning.command === null) return 'not now';
            return meaning.detail ? `${meaning.command} ${meaning.detail.policy}` : meaning.command;
        }
        """;

    // Keyboard, what is pressed, and what it means. The letters are what browsers report for the layout.
    private static readonly (string Keyboard, object Event, object State, string Meaning)[] s_presses =
    [
        ("US", new { key = "a", code = "KeyA" }, new { }, "allow"),
        ("US, caps lock", new { key = "A", code = "KeyA" }, new { }, "allow"),
        ("US", new { key = "R", code = "KeyR", shiftKey = true }, new { }, "revealUntilHidden"),
        ("US", new { key = "?", code = "Slash", shiftKey = true }, new { }, "help"),
        ("US", new { key = "1", code = "Digit1" }, new { }, "policy 1"),
        ("US, number pad", new { key = "4", code = "Numpad4" }, new { }, "policy 4"),
        ("US, no violation chosen", new { key = "1", code = "Digit1" }, new { violation = false }, "not ours"),
        ("Mac", new { key = "Enter", code = "Enter", metaKey = true }, new { }, "submit"),
        ("AZERTY, A stands where Q does elsewhere", new { key = "a", code = "KeyQ" }, new { }, "allow"),
        ("AZERTY, Q stands where A does elsewhere", new { key = "q", code = "KeyA" }, new { }, "not ours"),
        ("AZERTY, 1 without Shift", new { key = "&", code = "Digit1" }, new { }, "policy 1"),
        ("AZERTY, 2 without Shift", new { key = "é", code = "Digit2" }, new { }, "policy 2"),
        ("AZERTY, 1 with Shift", new { key = "1", code = "Digit1", shiftKey = true }, new { }, "policy 1"),
        ("AZERTY, question mark", new { key = "?", code = "KeyM", shiftKey = true }, new { }, "help"),
        ("AZERTY, bracket by AltGr", new { key = "[", code = "Digit5", altGr = true, ctrlKey = true, altKey = true }, new { }, "slower"),
        ("QWERTZ, Z stands where Y does elsewhere", new { key = "z", code = "KeyY" }, new { }, "stop"),
        ("QWERTZ, a letter by AltGr is no key", new { key = "@", code = "KeyQ", altGr = true, ctrlKey = true, altKey = true }, new { }, "not ours"),
        ("Cyrillic", new { key = "ф", code = "KeyA" }, new { }, "allow"),
        ("Cyrillic", new { key = "К", code = "KeyR", shiftKey = true }, new { }, "revealUntilHidden"),
        ("Cyrillic", new { key = "л", code = "KeyK", ctrlKey = true }, new { }, "palette"),
        ("Cyrillic, bracket", new { key = "х", code = "BracketLeft" }, new { }, "slower"),
        ("Arabic", new { key = "ش", code = "KeyA" }, new { }, "allow"),
        ("Arabic, digits of its own", new { key = "٣", code = "Digit3" }, new { }, "policy 3"),
        ("Arabic, where the dot is elsewhere", new { key = "ز", code = "Period" }, new { }, "seekForward"),
        ("Greek", new { key = "ω", code = "KeyV" }, new { }, "violation"),
        ("IME, composing", new { key = "a", code = "KeyA", isComposing = true }, new { }, "not ours"),
        ("IME, composing begins", new { key = "Process", code = "KeyA", keyCode = 229 }, new { }, "not ours"),
        ("IME, Ctrl+Enter while composing", new { key = "Enter", code = "Enter", ctrlKey = true, isComposing = true }, new { field = "textarea" }, "not ours"),
        ("IME, Esc hides all the same", new { key = "Escape", code = "Escape", isComposing = true }, new { field = "textarea" }, "hideAll"),
        ("dead key", new { key = "Dead", code = "BracketLeft" }, new { }, "slower"),
        ("held down", new { key = "a", code = "KeyA", repeat = true }, new { }, "not ours"),
        ("in a text", new { key = "a", code = "KeyA" }, new { field = "textarea" }, "not ours"),
        ("in a text, from anywhere", new { key = "Enter", code = "Enter", ctrlKey = true }, new { field = "textarea" }, "submit"),
        ("in a text, plain Enter", new { key = "Enter", code = "Enter" }, new { field = "textarea" }, "not ours"),
        ("in the empty policy finder", new { key = "1", code = "Digit1" }, new { field = "input", finder = true }, "policy 1"),
        ("in the policy finder with a word", new { key = "1", code = "Digit1" }, new { field = "input", finder = true, value = "sp" }, "not ours"),
        ("just drawn", new { key = "a", code = "KeyA" }, new { sinceDrawn = 299 }, "not now"),
        ("just drawn, but no verdict", new { key = "g", code = "KeyG" }, new { sinceDrawn = 299 }, "grey"),
        ("while a submit is under way", new { key = "u", code = "KeyU" }, new { busy = true }, "not now"),
        ("while a dialog is open", new { key = "a", code = "KeyA" }, new { modal = true }, "not ours"),
        ("without a case", new { key = "a", code = "KeyA" }, new { hasTask = false }, "not ours"),
        ("without a case", new { key = "u", code = "KeyU" }, new { hasTask = false }, "undo"),
        ("single keys off", new { key = "a", code = "KeyA" }, new { singleKeys = false }, "not ours"),
        ("single keys off", new { key = "Enter", code = "Enter", ctrlKey = true }, new { singleKeys = false }, "submit"),
        ("single keys off", new { key = "Escape", code = "Escape" }, new { singleKeys = false }, "hideAll"),
        ("remapped", new { key = "y", code = "KeyY" }, new { map = new { allow = "y" } }, "allow"),
        ("remapped, the old key", new { key = "a", code = "KeyA" }, new { map = new { allow = "y" } }, "not ours"),
        ("remapped with modifiers", new { key = "Y", code = "KeyY", altKey = true, shiftKey = true }, new { map = new { allow = "Alt+Shift+Y" } }, "allow"),
        ("left without a key", new { key = "s", code = "KeyS" }, new { map = new { skip = "" } }, "not ours"),
        ("submit on a letter does not fire in a text", new { key = "x", code = "KeyX" }, new { map = new { submit = "x" }, field = "textarea" }, "not ours"),
    ];

    [Fact]
    public async Task KeyPress_OnAnyKeyboard_MeansWhatThePersonMeans()
    {
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync("/account/login");
        List<string> wrong = [];
        foreach ((string keyboard, object press, object state, string meaning) in s_presses)
        {
            string got = await page.EvaluateAsync<string>(Interpret, new { @event = press, state });
            if (got != meaning)
            {
                wrong.Add($"{keyboard}: {JsonSerializer.Serialize(press)} is \"{got}\", not \"{meaning}\"");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task ChordOfAPress_SaidTheWayPeopleSayIt_IsTheSameChordAgain()
    {
        await using IBrowserContext browser = await console.BrowserAsync();
        IPage page = await browser.NewPageAsync();
        await page.GotoAsync("/account/login");

        string[] lost = await page.EvaluateAsync<string[]>("""
            async () => {
                const { defaultMap, normalizeChord, sayChord } = await import('/js/keymap.js');
                const all = [...Object.values(defaultMap), 'Ctrl+Alt+ArrowUp', 'Ctrl++', 'Alt+Space', 'F2', 'Cmd+Shift+P'].filter(Boolean);
                return all.filter((chord) => normalizeChord(sayChord(normalizeChord(chord))) !== normalizeChord(chord));
            }
            """);

        Assert.Empty(lost);
    }
}
