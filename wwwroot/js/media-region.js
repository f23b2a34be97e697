// Looking at a region: the blurred still, and over it the one tile that is under the pointer, or where the arrow keys have moved.
// The server sends only that tile. Draws nothing by itself: what shows media is handed in by media.js.

const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** across: tiles in each direction. still, tileAt(x, y): elements that show them. */
export function openRegion({ across, ratio, still, tileAt }) {
  const element = document.createElement('div');
  element.className = 'region';
  element.style.setProperty('--region-ratio', String(ratio));
  element.style.setProperty('--region-across', String(across));
  let at = null;
  let tile = null;
  element.append(still);

  function moveTo(x, y) {
    const inside = (value) => Math.min(across - 1, Math.max(0, value));
    const next = [inside(x), inside(y)];
    if (at && next[0] === at[0] && next[1] === at[1]) return;
    at = next;
    tile?.removeAttribute('src');
    tile?.remove();
    tile = tileAt(...at);
    tile.classList.add('region-tile');
    tile.style.setProperty('--x', String(at[0]));
    tile.style.setProperty('--y', String(at[1]));
    element.dataset.at = at.join(' ');
    element.append(tile);
  }

  return {
    element,
    /** The middle, until the pointer or a key says otherwise. */
    begin() { if (!at) moveTo(Math.floor((across - 1) / 2), Math.floor((across - 1) / 2)); },
    /** Where the pointer is; outside the picture the region stays where it was. */
    point(clientX, clientY) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || clientX < box.left || clientX >= box.right || clientY < box.top || clientY >= box.bottom) return;
      moveTo(Math.floor((clientX - box.left) / box.width * across), Math.floor((clientY - box.top) / box.height * across));
    },
    /** True when the key moved it. */
    key(name) {
      const step = steps[name];
      if (!step) return false;
      if (!at) this.begin();
      else moveTo(at[0] + step[0], at[1] + step[1]);
      return true;
    },
  };
}
