// A field that takes a chord by pressing it. Markup: input[data-chord]; it gets the chord the way people say it, and a change event.
// Tab, Esc and Enter keep their meaning; Backspace and Delete leave the command without a key.

import { chordOf, sayChord } from './keymap.js';

const kept = new Set(['tab', 'shift+tab', 'escape', 'enter']);
const cleared = new Set(['backspace', 'delete']);
const alone = new Set(['shift', 'control', 'alt', 'meta', 'altgraph', 'capslock', 'fn', 'os', 'contextmenu']);

export function attach(root) {
  const listening = new AbortController();
  root.addEventListener('keydown', (event) => {
    const field = event.target.closest?.('[data-chord]');
    if (!field || event.isComposing) return;
    const chord = chordOf(event);
    if (chord === null || kept.has(chord)) return;
    event.preventDefault();
    const key = chord.split(/\+(?=.)/).pop();
    if (event.repeat || alone.has(key)) return;
    field.value = cleared.has(chord) ? '' : sayChord(chord);
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }, { signal: listening.signal });
  return { dispose: () => listening.abort() };
}
