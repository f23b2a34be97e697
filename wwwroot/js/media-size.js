// How large a tile is drawn. The tile grows, not the picture in it: what lies over the picture stays, and so do its buttons.

export function zoom(figure) {
  const button = figure.querySelector('[data-media-zoom]');
  if (!button) return;
  const on = figure.toggleAttribute('data-zoom');
  button.setAttribute('aria-pressed', String(on));
  figure.scrollIntoView({ block: 'nearest' });
}

/** Leaves full screen, or enters it where something is shown. */
export function fullscreen(figure, shown) {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  else if (shown) figure.requestFullscreen().catch(() => {});
}
