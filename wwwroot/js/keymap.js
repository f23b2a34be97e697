// What a key means on the review desk. Pure: no document, no circuit, so it can be tested on its own.
// A chord is written the way people say it: "a", "Shift+R", "Ctrl+Enter", "?". "Ctrl" also means Cmd.

export const defaultMap = Object.freeze({
  allow: 'a', violation: 'v', escalate: 'e', skip: 's',
  policy1: '1', policy2: '2', policy3: '3', policy4: '4', policy5: '5',
  policy6: '6', policy7: '7', policy8: '8', policy9: '9',
  revealHoldStart: 'r', revealUntilHidden: 'Shift+R',
  grey: 'g', blurMore: 'b', blurLess: 'Shift+B', mute: 'm', playPause: 'p',
  seekBack: ',', seekForward: '.', slower: '[', faster: ']', zoom: 'l', fullscreen: 'f', markTime: 't',
  next: 'j', previous: 'k', note: 'c', undo: 'u', stop: 'z', help: '?',
  submit: 'Ctrl+Enter', palette: 'Ctrl+K', focus: '',
});

/** How long after a case is drawn a verdict key is taken for a key meant for the case before. */
export const settleMs = 300;

const verdicts = new Set(['allow', 'violation', 'policy', 'escalate', 'skip', 'submit']);
const withoutCase = new Set(['undo', 'help', 'palette', 'focus']);
const anywhere = new Set(['submit', 'palette']);

const markByCode = { Comma: ',', Period: '.', BracketLeft: '[', BracketRight: ']', Slash: '/', Semicolon: ';',
  Quote: "'", Backquote: '`', Minus: '-', Equal: '=', Backslash: '\\' };

const textInputs = new Set(['text', 'search', 'url', 'tel', 'email', 'password', 'number', 'date', 'time',
  'datetime-local', 'month', 'week', '']);
const textRoles = new Set(['textbox', 'searchbox', 'combobox', 'listbox', 'option', 'spinbutton', 'menu', 'menuitem']);

/** The map a person uses: what they chose, and the defaults for the rest. */
export function completeMap(chosen) {
  return { ...defaultMap, ...chosen };
}

/** "Cmd+shift+r" → "ctrl+shift+r": one spelling for each chord. */
export function normalizeChord(text) {
  const parts = String(text ?? '').trim().toLowerCase().split(/\+(?=.)/);
  const key = parts.pop() || '';
  const has = (...names) => parts.some((part) => names.includes(part.trim()));
  return [has('ctrl', 'control', 'cmd', 'meta', 'mod') && 'ctrl', has('alt', 'option') && 'alt', has('shift') && 'shift',
    { esc: 'escape', ' ': 'space' }[key.trim() || key] ?? key.trim()].filter(Boolean).join('+');
}

/** Chord → command, ready for look-up. A command mapped to "" has no key. */
export function compile(map) {
  return new Map(Object.entries(map).map(([command, chord]) => [normalizeChord(chord), command]).filter(([chord]) => chord));
}

/** "ctrl+shift+k" → "Ctrl+Shift+K", "a" → "a": the way people say it. */
export function sayChord(chord) {
  const parts = chord.split(/\+(?=.)/);
  const key = parts.pop();
  const named = { arrowup: 'ArrowUp', arrowdown: 'ArrowDown', arrowleft: 'ArrowLeft', arrowright: 'ArrowRight', pageup: 'PageUp', pagedown: 'PageDown' };
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  return [...parts.map(capital), named[key] ?? (key.length > 1 || parts.length > 0 ? capital(key) : key)].join('+');
}

/** The chord of a key press, or null where it has none (a dead AltGr letter, a lone modifier is its own name). */
export function chordOf(event) {
  const altGr = event.getModifierState?.('AltGraph') ?? false;
  const { key, shift } = keyOf(event, altGr);
  if (!key) return null;
  const ctrl = (event.ctrlKey && !altGr) || event.metaKey;
  return [ctrl && 'ctrl', event.altKey && !altGr && 'alt', shift && 'shift', key].filter(Boolean).join('+');
}

function keyOf(event, altGr) {
  const { key = '', code = '', shiftKey: shift = false } = event;
  const digit = /^(Digit|Numpad)(\d)$/.exec(code);
  const shiftedMark = digit?.[1] === 'Digit' && shift && !/^\d$/.test(key);
  if (digit && !altGr && !shiftedMark && key.length === 1) return { key: digit[2], shift: false };
  if (/^\p{Script=Latin}$/u.test(key)) return altGr ? {} : { key: key.toLowerCase(), shift };
  // A mark has its Shift or AltGr already in it ("?" is one key for the person who types it).
  if (/^[!-~]$/.test(key)) return { key, shift: false };
  if (key === ' ') return { key: 'space', shift };
  if (/^[A-Z][A-Za-z0-9]+$/.test(key) && !['Dead', 'Unidentified', 'Process'].includes(key)) return { key: key.toLowerCase(), shift };
  if (altGr) return {};
  // Another script: where the key is says what it means.
  if (/^Key[A-Z]$/.test(code)) return { key: code.at(-1).toLowerCase(), shift };
  if (code === 'Slash' && shift) return { key: '?', shift: false };
  return !shift && markByCode[code] ? { key: markByCode[code], shift: false } : {};
}

/** Whether keys typed here are text, or walk through a list that has its own letters. */
export function isTextEntry(target) {
  if (!target) return false;
  const tag = (target.tagName ?? '').toLowerCase();
  if (tag === 'textarea' || tag === 'select' || target.isContentEditable) return true;
  if (tag === 'input') return textInputs.has((target.type ?? '').toLowerCase());
  return textRoles.has(target.getAttribute?.('role'));
}

/**
 * What the desk does with a key press: null (not ours), or { command, detail, prevent }.
 * A null command with prevent means: ours, but not now.
 * state: { keys, singleKeys, busy, sinceDrawn, hasTask, violation, modal, inDesk }
 */
export function interpret(event, state) {
  // Hiding comes before every other rule, also while an input method is composing.
  if (event.key === 'Escape' || event.code === 'Escape') return event.repeat ? null : { command: 'hideAll', detail: null, prevent: false };
  if (event.repeat || event.isComposing || event.keyCode === 229) return null;

  const chord = chordOf(event);
  const inText = isTextEntry(event.target);
  if (chord === 'enter') return enter(event.target, state);

  const named = state.keys.get(chord);
  if (!named) return null;
  const policy = /^policy(\d)$/.exec(named)?.[1];
  const command = policy ? 'policy' : named;

  const modified = /^(ctrl|alt)\+/.test(chord);
  // What works from anywhere does so by a chord that types nothing, also where a person chose another.
  if (inText && !(modified && anywhere.has(command)) && !(policy && isEmptyFinder(event.target))) return null;
  if (command === 'submit' && inText && !state.inDesk) return null;
  if (!state.singleKeys && !modified) return null;
  if (state.modal && command !== 'palette') return null;
  if (policy && !state.violation) return null;
  if (!state.hasTask && !withoutCase.has(command)) return null;
  if (state.busy || (verdicts.has(command) && state.sinceDrawn < settleMs)) return { command: null, detail: null, prevent: true };
  return { command, detail: policy ? { policy: Number(policy) } : null, prevent: true };
}

// Plain Enter never submits: not by the focused button, not by a form around a one-line field.
function enter(target, state) {
  const submits = target?.closest?.('[data-desk-submit]') || (target?.tagName ?? '').toLowerCase() === 'input';
  return submits && state.inDesk ? { command: null, detail: null, prevent: true } : null;
}

// The field that finds a policy by name still takes 1…9 until something is typed in it.
function isEmptyFinder(target) {
  return target.hasAttribute?.('data-desk-find') === true && target.value === '';
}
