// The command palette: opens in the page, before the server hears of it. Walking through what was found needs no server either.
// Markup (CommandPalette.razor): dialog with input[role=combobox] and [role=listbox]; in it [role=option][id][data-entry], rebuilt by each
// answer. Anything with data-opens-palette opens it.
// .NET side: [JSInvokable] OnQuery(text) returns once what was found is drawn; OnChoose(entry).

import { unpack } from './wire.js';
import { compile, completeMap, interpret } from './keymap.js';

const pauseMs = 150;

export function attach(dialog, dotNetRef, options = {}) {
  const page = dialog.ownerDocument;
  const window = page.defaultView;
  const listening = new AbortController();
  const field = dialog.querySelector('[role="combobox"]');
  const list = dialog.querySelector('[role="listbox"]');
  let keys = new Map();
  let singleKeys = true;
  let timer = null;
  let asked = null;         // the text that what stands in the list answers
  let answer = Promise.resolve();

  const listen = (target, type, handler, capture = false) => target.addEventListener(type, handler, { capture, signal: listening.signal });
  const found = () => [...list.querySelectorAll('[role="option"]')];
  const active = () => list.querySelector('[role="option"][aria-selected="true"]');

  function setKeys(given) {
    const next = unpack(given) ?? {};
    const { palette } = completeMap(next.map);
    keys = compile({ palette });
    singleKeys = next.singleKeys ?? true;
  }

  function open() {
    if (dialog.open) return;
    field.value = '';
    dialog.showModal();
    field.focus();
    ask();
  }

  function ask() {
    window.clearTimeout(timer);
    timer = null;
    const text = field.value;
    if (asked === text) return answer;
    asked = text;
    answer = dotNetRef.invokeMethodAsync('OnQuery', text).catch(() => { asked = null; });
    return answer;
  }

  function mark(option) {
    for (const other of found()) other.setAttribute('aria-selected', String(other === option));
    if (option) field.setAttribute('aria-activedescendant', option.id);
    else field.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }

  function move(step) {
    const all = found();
    const from = active() ? all.indexOf(active()) : step > 0 ? -1 : all.length;
    if (all.length > 0) mark(all[(from + step + all.length) % all.length]);
  }

  function choose(option) {
    if (!option) return;
    const { entry } = option.dataset;
    dialog.close();
    dotNetRef.invokeMethodAsync('OnChoose', entry).catch(() => {});
  }

  // What is typed faster than the line answers is answered first.
  async function chooseAnswered() {
    await ask();
    await new Promise((done) => window.requestAnimationFrame(done));
    if (dialog.open) choose(active());
  }

  function onKeyAnywhere(event) {
    if (event.target.closest?.('[data-chord]')) return;
    const meaning = interpret(event, { keys, singleKeys, busy: false, sinceDrawn: Infinity, hasTask: false, violation: false,
      modal: page.querySelector('dialog:modal') !== null, inDesk: false });
    if (meaning?.command !== 'palette') return;
    event.preventDefault();
    if (dialog.open) dialog.close();
    else open();
  }

  function onKey(event) {
    if (event.isComposing) return;
    switch (event.key) {
      case 'ArrowDown': event.preventDefault(); return move(1);
      case 'ArrowUp': event.preventDefault(); return move(-1);
      case 'Enter': event.preventDefault(); chooseAnswered(); return;
    }
  }

  setKeys(options);
  // From here on its key opens it.
  dialog.dataset.ready = '';
  listen(page, 'keydown', onKeyAnywhere, true);
  listen(page, 'click', (event) => { if (event.target.closest?.('[data-opens-palette]')) open(); });
  listen(field, 'keydown', onKey);
  listen(field, 'input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, pauseMs);
  });
  listen(list, 'click', (event) => choose(event.target.closest('[role="option"]')));
  // The list must not take focus from the field.
  listen(list, 'mousedown', (event) => event.preventDefault());
  listen(dialog, 'click', (event) => { if (event.target === dialog) dialog.close(); });
  listen(dialog, 'close', () => {
    window.clearTimeout(timer);
    asked = null;
  });
  // Nothing is chosen for someone who has typed nothing: Enter by habit must not do anything.
  new window.MutationObserver(() => { if (!active()) mark(field.value.trim() === '' ? null : found()[0] ?? null); }).observe(list, { childList: true, subtree: true });

  return {
    setKeys,
    dispose() {
      listening.abort();
      window.clearTimeout(timer);
      if (dialog.open) dialog.close();
    },
  };
}
