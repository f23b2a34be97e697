// The stills of a video's storyboard, laid over it to be pointed at: where it is to begin. Draws nothing: the storyboard is the picture below.
// Markup: [data-media-stills="across"] with a [data-media-jump="seconds"] for each still.

/** Lets a still be chosen by pointer and by arrows; one stop for Tab, the arrows go from still to still. */
export function bindStills(figure, onJump, signal) {
  const all = () => [...figure.querySelectorAll('[data-media-jump]')];

  figure.addEventListener('click', (event) => {
    const chosen = event.target.closest('[data-media-jump]');
    if (!chosen) return;
    for (const still of all()) {
      still.setAttribute('aria-pressed', String(still === chosen));
      still.tabIndex = still === chosen ? 0 : -1;
    }
    onJump(Number(chosen.dataset.mediaJump));
  }, { signal });

  figure.addEventListener('keydown', (event) => {
    if (!event.target.matches('[data-media-jump]')) return;
    const stills = all();
    const across = Number(event.target.closest('[data-media-stills]').dataset.mediaStills);
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
    const next = by && stills[stills.indexOf(event.target) + by];
    if (!next) return;
    event.preventDefault();
    for (const still of stills) still.tabIndex = still === next ? 0 : -1;
    next.focus();
  }, { signal });

  // They lie in a box of the storyboard's shape, which only its picture tells.
  const shape = (board) => figure.querySelector('[data-media-stills]')?.style.setProperty('--region-ratio', String(board.naturalWidth / board.naturalHeight));
  const board = figure.querySelector('[data-media-still]');
  if (board?.complete && board.naturalWidth > 0) shape(board);
  else board?.addEventListener('load', () => shape(board), { once: true, signal });
}
