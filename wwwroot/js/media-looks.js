// How media looks when it is shown: what the person chose, and what they change by keys. Pure: no document, no circuit.
// A tile carries the person's choices as JSON in data-media-choices. What cannot be read there counts as the strictest.

export const mostBlur = 8;

// The same as MediaPreferences.Strictest.
export const strictest = Object.freeze({ blur: mostBlur, colour: 'Grey', muted: true, speed: 0.25, first: 1, reveal: 'Region', reblur: 10 });

const filters = { Full: 'saturate(1)', Reduced: 'saturate(0.35)', Sepia: 'sepia(1)', Grey: 'grayscale(1)' };
const modes = ['Hold', 'Toggle', 'Region'];

/** What the person chose for this tile. */
export function choicesOf(text) {
  try {
    const read = JSON.parse(text);
    return isValid(read) ? read : strictest;
  } catch {
    return strictest;
  }
}

function isValid(read) {
  const within = (value, least, most) => typeof value === 'number' && value >= least && value <= most;
  return read !== null && typeof read === 'object' && within(read.blur, 0, mostBlur) && read.colour in filters && typeof read.muted === 'boolean'
    && within(read.speed, 0.25, 2) && [1, 2, 3].includes(read.first) && modes.includes(read.reveal) && within(read.reblur, 10, 120);
}

// What was made more careful by a key holds for the whole page, so that the next picture is not clearer than the last. What was
// made less careful holds for the one tile.
const page = { grey: false, blur: 0 };

/** The looks of one tile. */
export function looksOf(choices) {
  const own = { colour: null, blur: 0 };
  const now = () => ({
    colour: own.colour ?? (page.grey ? 'Grey' : choices().colour),
    blur: Math.min(mostBlur, Math.max(0, choices().blur + page.blur + own.blur)),
  });
  return {
    now,
    /** Filter functions for a style, without the blur. */
    filter: () => filters[now().colour],
    turnGrey() {
      if (now().colour === 'Grey') {
        page.grey = false;
        own.colour = choices().colour === 'Grey' ? 'Full' : null;
      } else {
        page.grey = true;
        own.colour = null;
      }
    },
    blurMore() { if (now().blur < mostBlur) page.blur += 1; },
    blurLess() {
      if (now().blur === 0) return;
      if (page.blur > 0) page.blur -= 1;
      else own.blur -= 1;
    },
    /** Another tile was made grey: this one does not stay behind. */
    follow() { if (page.grey) own.colour = null; },
  };
}
