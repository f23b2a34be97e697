// Whether someone is at the desk. Says so to the server; decides nothing.
// .NET side: [JSInvokable] OnHeartbeat(bool activeRecently), OnIdle(), OnReturn().

const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'];

/**
 * options: idleMs (3 min without input is idle), heartbeatMs (20 s), activeMs (10 min: how long ago still counts as active).
 * A video that plays in a visible page counts as input.
 */
export function watch(dotNetRef, { idleMs = 180_000, heartbeatMs = 20_000, activeMs = 600_000 } = {}) {
  const listening = new AbortController();
  // Wall time, not performance.now(): that one stands still while a laptop sleeps.
  let last = Date.now();
  let idle = false;

  const tell = (method, ...values) => dotNetRef.invokeMethodAsync(method, ...values).catch(() => {});
  const hidden = () => document.visibilityState === 'hidden';
  const watching = () => [...document.querySelectorAll('video')].some((video) => !video.paused && !video.ended);

  function active() {
    last = Date.now();
    if (!idle || hidden()) return;
    idle = false;
    tell('OnReturn');
  }

  function rest() {
    if (idle) return;
    idle = true;
    tell('OnIdle');
  }

  function check() {
    if (!hidden() && watching()) active();
    else if (hidden() || Date.now() - last >= idleMs) rest();
  }

  function beat() {
    check();
    tell('OnHeartbeat', Date.now() - last < activeMs);
  }

  for (const type of inputs) {
    document.addEventListener(type, active, { capture: true, passive: true, signal: listening.signal });
  }
  document.addEventListener('visibilitychange', () => (hidden() ? rest() : active()), { signal: listening.signal });
  const checking = setInterval(check, Math.max(50, Math.min(5_000, idleMs / 4)));
  const beating = setInterval(beat, heartbeatMs);
  if (hidden()) rest();

  return {
    dispose() {
      listening.abort();
      clearInterval(checking);
      clearInterval(beating);
    },
  };
}
