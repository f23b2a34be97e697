// The keys of the review desk, and hiding. Runs in the page, so that neither waits for the circuit.
//
// Markup it relies on, inside the desk's root element (whose class attribute must not be rebuilt while it lives):
//   data-verdict="allow|violation|"      on the root: what is chosen now
//   data-busy                            on the root while a command is under way: drawn with the buttons that it greys, so that a key
//                                        works in the frame in which they do
//   data-desk-field="name"               on each field, or on the component around it
//   data-desk-find                       on the field that finds a policy
//   data-desk-submit                     on Submit
//   data-desk-reveal                     on each button that reveals
//   data-desk-hide="" | "stop"           on Hide and on "Stop this case": they hide before the server hears of it
//   data-media-clear="hold|pinned"       on each element that shows more than the blurred still; one that is hidden here is
//                                        never shown again (media.js takes it out of the document and tells the server)
//   .tile[data-selected]                 the media that the keys mean: gets desk:media { command }, see media.js
// .NET side: [JSInvokable] OnKey(string command, task, fence, detail) where detail is null, { policy: 1…9 } or
// { fields: { name: value } } for submit. Let the task of "submit" end when it is settled.

import { unpack } from './wire.js';
import { compile, completeMap, interpret } from './keymap.js';

const forMedia = new Set(['revealUntilHidden', 'grey', 'blurMore', 'blurLess', 'mute', 'playPause', 'seekBack', 'seekForward',
  'slower', 'faster', 'zoom', 'fullscreen', 'markTime']);

export function attach(root, dotNetRef, options = {}) {
  options = unpack(options);
  const page = root.ownerDocument;
  const window = page.defaultView;
  const listening = new AbortController();
  let keys = compile(completeMap(options.map));
  let singleKeys = options.singleKeys ?? true;
  let drawn = { task: null, fence: null, at: -Infinity };
  let submitting = false;
  let held = null;          // the hold of a reveal: { code, drawn }
  let chosen = null;        // verdict sent but not yet drawn, so that "v" then "1" works on a slow line
  let consumed = null;      // code of the last key taken, so that its repeats type nothing

  const violationOn = () => (chosen ?? options.violationOn?.() ?? root.dataset.verdict) === 'violation';
  const listen = (target, type, handler, capture = true) =>
    target.addEventListener(type, handler, { capture, signal: listening.signal });

  function send(command, detail = null, at = drawn) {
    // A lost circuit rejects: the page has hidden what it must, and the server treats silence as "not done".
    return dotNetRef.invokeMethodAsync('OnKey', command, at.task, at.fence, detail).catch(() => {});
  }

  function onKeyDown(event) {
    if (event.repeat && event.code === consumed) { event.preventDefault(); return; }
    // Some systems swallow the key-up of a letter while Cmd is down.
    if (held && event.key === 'Meta') endHold();
    const target = event.composedPath?.()[0] ?? event.target;
    const meaning = interpret(asSeenBy(event, target), {
      keys, singleKeys, busy: submitting || 'busy' in root.dataset,
      sinceDrawn: window.performance.now() - drawn.at,
      hasTask: drawn.task !== null,
      violation: violationOn(),
      modal: isModalOpen(page),
      inDesk: root.contains(target),
    });
    if (!meaning) return;
    if (meaning.prevent) { event.preventDefault(); consumed = event.code; }
    if (meaning.command) act(meaning.command, meaning.detail, event);
  }

  function act(command, detail, event) {
    switch (command) {
      case 'hideAll': return hideAll('key');
      case 'revealHoldStart':
        if (held) return;
        held = { code: event.code };
        return tellMedia(command);
      case 'stop': hideInPage('stop'); break;
      case 'allow': case 'violation': return choose(command);
      case 'submit': return submit();
      case 'palette': return;     // palette.js opens it, on every page
    }
    if (forMedia.has(command)) tellMedia(command);
    else send(command, detail);
  }

  // Looking closer needs no word from the server but its grant, which the tile asks for itself.
  function tellMedia(command) {
    if (command.startsWith('reveal')) allowMedia();
    const tile = root.querySelector('.tile[data-selected]');
    tile?.dispatchEvent(new window.CustomEvent('desk:media', { detail: { command } }));
  }

  // Shown at once, and focus moves at once: on a slow line the letters that follow "v" must find a policy, not skip the case.
  function choose(verdict) {
    chosen = verdict;
    root.dataset.pending = verdict;
    if (verdict === 'violation') root.querySelector('[data-desk-find]')?.focus();
    send(verdict).finally(() => {
      if (chosen !== verdict) return;
      chosen = null;
      delete root.dataset.pending;
    });
  }

  function submit() {
    submitting = true;
    const at = drawn;
    send('submit', { fields: fieldsOf(root) }, at).finally(() => { if (drawn === at) submitting = false; });
  }

  function onKeyUp(event) {
    if (event.code === consumed) consumed = null;
    if (held && event.code === held.code) endHold();
  }

  function endHold() {
    held = null;
    hideInPage('hold', 'hold');
  }

  function hideAll(reason) {
    if (held) endHold();
    hideInPage(reason);
  }

  function hideInPage(reason, scope = 'all') {
    const clear = root.querySelectorAll(scope === 'hold' ? '[data-media-clear="hold"]' : '[data-media-clear]');
    for (const element of clear) {
      element.setAttribute('data-hid', '');
      silence(element);
    }
    // The class also covers what the server sends after this moment.
    root.classList.add(scope === 'hold' ? 'hold-released' : 'media-hidden');
    if (scope === 'all') {
      silence(root);
      if (page.fullscreenElement) page.exitFullscreen().catch(() => {});
    }
    root.dispatchEvent(new window.CustomEvent('desk:hide', { bubbles: true, detail: { reason, scope } }));
  }

  function allowMedia() {
    root.classList.remove('media-hidden', 'hold-released');
  }

  function onClick(event) {
    const hides = event.target.closest?.('[data-desk-hide]');
    if (hides) hideInPage(hides.dataset.deskHide || 'button');
    else if (event.target.closest?.('[data-desk-reveal]')) allowMedia();
  }

  // Others hide too: the reconnect dialog when the circuit is lost.
  function onHideElsewhere(event) {
    if (root.contains(event.target)) return;
    if (event.detail?.reason === 'circuit') submitting = false;
    hideAll(event.detail?.reason ?? 'page');
  }

  listen(page, 'keydown', onKeyDown);
  listen(page, 'keyup', onKeyUp);
  listen(page, 'desk:hide', onHideElsewhere);
  listen(page, 'visibilitychange', () => { if (page.visibilityState === 'hidden') hideAll('hidden'); });
  listen(page, 'fullscreenchange', () => { if (!page.fullscreenElement) hideAll('fullscreen'); });
  listen(window, 'blur', (event) => { if (event.target === window) hideAll('blur'); }, false);
  listen(root, 'click', onClick);
  // Looking by holding the picture itself: media.js.
  listen(root, 'media:held', allowMedia);

  return {
    /** Call after each drawing of a case; null when there is none. */
    setTask(next) {
      const { task = null, fence = null } = unpack(next) ?? {};
      if (task === drawn.task && fence === drawn.fence) return;
      if (held) endHold();
      drawn = { task, fence, at: window.performance.now() };
      // From here on the keys mean this task.
      root.dataset.keys = task ?? '';
      submitting = false;
      chosen = null;
      delete root.dataset.pending;
    },
    setMap(map) { keys = compile(completeMap(map)); },
    setSingleKeys(value) { singleKeys = Boolean(value); },
    dispose() {
      listening.abort();
      held = null;
      hideInPage('gone');
    },
  };
}

// Events of shadow trees name their host as target; the rules want the field itself.
function asSeenBy(event, target) {
  return {
    key: event.key, code: event.code, keyCode: event.keyCode, repeat: event.repeat, isComposing: event.isComposing,
    ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, shiftKey: event.shiftKey, target,
    getModifierState: (name) => event.getModifierState(name),
  };
}

function isModalOpen(page) {
  return page.querySelector('dialog:modal, [role="dialog"][aria-modal="true"], [role="alertdialog"][aria-modal="true"]') !== null;
}

function silence(element) {
  const players = element.matches('video, audio') ? [element] : element.querySelectorAll('video, audio');
  for (const player of players) {
    player.pause();
    player.muted = true;
  }
}

/** What stands in the fields at this moment, so that nothing typed is lost on its way to the server. */
function fieldsOf(root) {
  const values = {};
  for (const marked of root.querySelectorAll('[data-desk-field]')) {
    const field = marked.matches('input, textarea, select') ? marked : marked.querySelector('input, textarea, select') ?? marked;
    if (field.type === 'radio' && !field.checked) continue;
    values[marked.dataset.deskField] = field.type === 'checkbox' ? String(field.checked) : field.value ?? field.innerText;
  }
  return values;
}
