// What stands in the desk's fields, told to the server in pauses of typing: one message a pause, not one a letter. Until the server has it, the
// tab keeps it too, with the place one had scrolled to: a server that dies, or a page that is loaded again, takes neither.
// Markup: data-desk-field="name" on each field. .NET side: [JSInvokable] OnFields(task, { name: value }), where task is the data-task that
// stood beside the fields, so that words about one case never reach another. data-between on the root, as JSON with whose it is: how the
// desk stands between two cases, for the page that is loaded next in this tab.

import { unpack } from './wire.js';

const place = 'moderation.desk';
const pause = 'moderation.between';
const scrolled = ['.desk-case', '.desk-context', '.decision-body'];

export function watchFields(root, dotNetRef, { pauseMs = 400, safeMs = 3000 } = {}) {
  const listening = new AbortController();
  // Of the page before this one: used once.
  let before = read(place);
  let kept = null;          // { task, fence, title, fields?, scroll? }
  let timer = null;
  let safe = null;
  let frame = 0;

  const fields = () => Object.fromEntries([...root.querySelectorAll('[data-desk-field]')].map((field) => [field.dataset.deskField, field.value]));
  const shown = () => Number(root.querySelector('[data-task]')?.dataset.task ?? 0);

  function keep(change) {
    if (kept === null || kept.task !== shown()) return;
    kept = { ...kept, ...change };
    write(place, kept);
  }

  function tell() {
    clearTimeout(timer);
    timer = null;
    dotNetRef.invokeMethodAsync('OnFields', shown(), fields()).then(() => {
      // The server saves within a second; what the tab keeps longer could be older than what is typed elsewhere.
      clearTimeout(safe);
      safe = setTimeout(() => { if (timer === null) keep({ fields: undefined }); }, safeMs);
    }).catch(() => {});
  }

  root.addEventListener('input', (event) => {
    if (!event.target.closest?.('[data-desk-field]')) return;
    clearTimeout(safe);
    keep({ fields: fields() });
    clearTimeout(timer);
    timer = setTimeout(tell, pauseMs);
  }, { signal: listening.signal });
  // Leaving the field or the page does not wait for the pause.
  root.addEventListener('change', () => { if (timer !== null) tell(); }, { signal: listening.signal });
  document.addEventListener('visibilitychange', () => { if (timer !== null) tell(); }, { signal: listening.signal });
  root.addEventListener('scroll', () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => keep({ scroll: scrolled.map((part) => root.querySelector(part)?.scrollTop ?? 0) }));
  }, { capture: true, passive: true, signal: listening.signal });

  // Kept as the page goes: whoever presses reload the moment it is drawn finds it again.
  function keepBetween() {
    const between = root.dataset.between ? JSON.parse(root.dataset.between) : null;
    write(pause, between);
    // What was stopped is not lost, also where the page goes before it was told that there is no case on it any more.
    if (between?.stopped) write(place, null);
  }
  window.addEventListener('pagehide', keepBetween, { signal: listening.signal });

  function bringBack(from) {
    for (const field of root.querySelectorAll('[data-desk-field]')) {
      const text = from.fields?.[field.dataset.deskField];
      if (text === undefined || text === field.value) continue;
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    scrolled.forEach((part, index) => { const panel = root.querySelector(part); if (panel) panel.scrollTop = from.scroll?.[index] ?? 0; });
  }

  return {
    read: () => JSON.stringify(fields()),
    /** Call after each drawing of a case: { task, fence, title }; null when there is none. A case that was lost may keep its words. */
    drawn(given, keepWords = false) {
      const next = unpack(given) ?? null;
      if (next !== null) {
        kept = next;
        const again = before?.task === next.task && before.fence === next.fence ? before : null;
        before = null;
        write(place, kept);
        if (again) bringBack(again);
      } else if (kept !== null && !keepWords) {
        kept = null;
        write(place, null);
      }
    },
    /** What the page before this one had on the screen, if no case came back; told once. Packed, as all that goes back: see wire.js. */
    leftBehind() {
      const left = before;
      before = null;
      if (left) write(place, null);
      return left ? JSON.stringify({ task: left.task, fence: left.fence, title: left.title ?? '', fields: left.fields ?? null }) : null;
    },
    /** How the desk stood between two cases when the page before this one was left; told once, and to that person alone. */
    between(person) {
      const last = read(pause);
      write(pause, null);
      return last?.person === person ? JSON.stringify(last) : null;
    },
    dispose() {
      keepBetween();
      listening.abort();
      clearTimeout(timer);
      clearTimeout(safe);
    },
  };
}

function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Storage is blocked or full: what the server has is all there is.
  }
}
