// Whether someone is at the desk. Says so to the server; decides nothing. Shows how long the case stays theirs only when the server cannot be
// told and little time is left: [data-held] then, with the time in its <time>, and [data-held-over] once that time has passed.
// .NET side: [JSInvokable] OnHeartbeat(bool activeRecently) → seconds that the case is kept, 0 for none, null if that failed; OnQuiet(), OnIdle(), OnReturn().

import { unpack } from './wire.js';

const shortMs = 60_000;
const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'];

/**
 * options: quietMs (1 min without input is quiet), idleMs (3 min is idle), heartbeatMs (20 s), activeMs (10 min: how long ago still counts as active).
 * A video that plays in a visible page counts as input.
 */
export function watch(dotNetRef, options) {
  const { quietMs = 60_000, idleMs = 180_000, heartbeatMs = 20_000, activeMs = 600_000 } = unpack(options) ?? {};
  const listening = new AbortController();
  // Wall time, not performance.now(): that one stands still while a laptop sleeps.
  let last = Date.now();
  let heldUntil = 0;
  let failed = false;
  let quiet = false;
  let idle = false;

  const tell = (method, ...values) => dotNetRef.invokeMethodAsync(method, ...values).catch(() => {});
  const hidden = () => document.visibilityState === 'hidden';
  const watching = () => [...document.querySelectorAll('video')].some((video) => !video.paused && !video.ended);

  function active() {
    last = Date.now();
    if (!(idle || quiet) || hidden()) return;
    idle = quiet = false;
    tell('OnReturn');
  }

  function rest() {
    if (idle) return;
    idle = true;
    tell('OnIdle');
  }

  function check() {
    if (!hidden() && watching()) active();
    if (!quiet && Date.now() - last >= quietMs) {
      quiet = true;
      tell('OnQuiet');
    }
    if (hidden() || Date.now() - last >= idleMs) rest();
    showHeld();
  }

  function showHeld() {
    const left = heldUntil - Date.now();
    const unreached = heldUntil > 0 && (failed || document.body.dataset.circuit === 'lost');
    for (const words of document.querySelectorAll('[data-held]')) {
      words.hidden = !(unreached && left > 0 && left < shortMs);
      const time = words.querySelector('time');
      if (!words.hidden && time) time.textContent = new Date(heldUntil).toLocaleTimeString();
    }
    for (const words of document.querySelectorAll('[data-held-over]')) words.hidden = !(unreached && left <= 0);
  }

  function beat() {
    check();
    // An answer that does not come is one that failed.
    const unanswered = setTimeout(() => { failed = true; }, heartbeatMs);
    dotNetRef.invokeMethodAsync('OnHeartbeat', Date.now() - last < activeMs).then((seconds) => {
      failed = seconds === null;
      if (seconds > 0) heldUntil = Date.now() + seconds * 1000;
      else if (seconds === 0) heldUntil = 0;
    }).catch(() => { failed = true; }).finally(() => {
      clearTimeout(unanswered);
      showHeld();
    });
  }

  for (const type of inputs) {
    document.addEventListener(type, active, { capture: true, passive: true, signal: listening.signal });
  }
  document.addEventListener('visibilitychange', () => (hidden() ? rest() : active()), { signal: listening.signal });
  const checking = setInterval(check, Math.max(50, Math.min(5_000, quietMs / 4, idleMs / 4)));
  const beating = setInterval(beat, heartbeatMs);
  if (hidden()) rest();

  return {
    dispose() {
      listening.abort();
      clearInterval(checking);
      clearInterval(beating);
      for (const words of document.querySelectorAll('[data-held], [data-held-over]')) words.hidden = true;
    },
  };
}
