// All tiles of the document at once: hidden together, whoever says so, and the signs of somebody there, which they share. Every page
// with media hides by itself, with or without the desk's keys.
// A tile: { hide(reason, scope), filter(), point(x, y), key(name) → whether it used the arrow }.

import { isTextEntry } from './keymap.js';

const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'touchmove', 'scroll', 'input'];
const tiles = new Set();
let lastInput = Date.now();
let seen = null;          // where the pointer was last
let listens = false;

export function enter(tile) {
  listenOnce();
  tiles.add(tile);
}

export const leave = (tile) => tiles.delete(tile);

/** Someone is there. */
export function stir() {
  lastInput = Date.now();
}

/** For how long nobody has shown life. */
export const quietMs = () => Date.now() - lastInput;

export const pointer = () => seen;

export function filterAll() {
  for (const tile of tiles) tile.filter();
}

function hideAll(reason, scope) {
  for (const tile of [...tiles]) tile.hide(reason, scope);
}

function onArrow(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || isTextEntry(event.target) || event.target.matches?.('input, [data-media-jump]')) return;
  if ([...tiles].some((tile) => tile.key(event.key))) event.preventDefault();
}

// Listeners stay for the life of the document.
function listenOnce() {
  if (listens) return;
  listens = true;
  for (const type of inputs) document.addEventListener(type, stir, { capture: true, passive: true });
  document.addEventListener('pointermove', (event) => {
    seen = [event.clientX, event.clientY];
    for (const tile of tiles) tile.point(...seen);
  }, { capture: true, passive: true });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' || event.code === 'Escape') hideAll('key');
    else if (event.key?.startsWith('Arrow')) onArrow(event);
  }, { capture: true });
  document.addEventListener('desk:hide', (event) => hideAll(event.detail?.reason ?? 'page', event.detail?.scope));
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') hideAll('hidden'); }, { capture: true });
  document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) hideAll('fullscreen'); }, { capture: true });
  window.addEventListener('blur', (event) => { if (event.target === window) hideAll('blur'); });
  window.addEventListener('pagehide', () => hideAll('gone'));
}
