// Holding a picture down, as one holds a key. A click that only chooses a tile must not show what is in it, so a press begins late.

const pressMs = 250;

/** does: { allowed(), begin(), end() }. */
export function bindPress(figure, does, signal) {
  let pressing = null;

  figure.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary || event.button !== 0 || !does.allowed() || !event.target.closest('.tile-frame') || event.target.closest('button')) return;
    const ended = new AbortController();
    const letGo = () => {
      clearTimeout(pressing);
      ended.abort();
      does.end();
    };
    pressing = setTimeout(does.begin, pressMs);
    for (const type of ['pointerup', 'pointercancel']) window.addEventListener(type, letGo, { capture: true, signal: ended.signal });
  }, { signal });

  signal.addEventListener('abort', () => clearTimeout(pressing));
}
