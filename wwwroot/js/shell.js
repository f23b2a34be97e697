// What the shell asks of the page: theme, density, focus, title, time zone, menus.

/** Call from OnAfterRender once the circuit answers: people and tests wait for it. */
export function setCircuitReady() {
  document.body.dataset.circuit = 'ready';
  wire();
}

/** light | dark | calm; "system" forgets the choice. */
export function setTheme(name) {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  remember('theme', name === 'system' ? null : name);
  document.documentElement.dataset.theme = name === 'system' ? system : name;
}

/** compact | comfortable */
export function setDensity(name) {
  remember('density', name);
  document.documentElement.dataset.density = name;
}

/** Whether the rail shows its words all the time. */
export function setRailPinned(pinned) {
  remember('rail', pinned ? 'pinned' : null);
  document.documentElement.dataset.rail = pinned ? 'pinned' : 'narrow';
}

/** Hides rail and context for the desk's focus mode. */
export function setFocusMode(on) {
  document.documentElement.toggleAttribute('data-focus-mode', Boolean(on));
}

/** Moves focus to the first match; headings and regions take it without entering the tab order. */
export function focusFirst(selector) {
  const target = document.querySelector(selector);
  if (!target) return false;
  target.focus();
  if (document.activeElement !== target) {
    target.setAttribute('tabindex', '-1');
    target.focus();
  }
  return document.activeElement === target;
}

/** Moves focus to the heading of a page that was gone to, as it stands. */
export function focusHeading() {
  const heading = document.querySelector('h1');
  if (!heading) return;
  if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Words of the browser's tab. */
export function setTitle(words) {
  document.title = words;
}

/** Asks before something is lost. */
export function confirm(question) {
  return window.confirm(question);
}

/** IANA name, for showing times in the person's own zone. */
export function timeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Answers once the page is shown: at once, or when it comes to the front. */
export function shown() {
  if (document.visibilityState === 'visible') return true;
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', look);
      resolve(true);
    };
    document.addEventListener('visibilitychange', look);
  });
}

/** What this browser remembers, for controls that show it; packed, see wire.js. */
export function remembered() {
  try {
    return JSON.stringify({
      theme: localStorage.getItem('moderation.theme'),
      railPinned: localStorage.getItem('moderation.rail') === 'pinned',
    });
  } catch {
    return null;
  }
}

let wired = false;
function wire() {
  if (wired) return;
  wired = true;
  document.addEventListener('click', (event) => {
    // A page change inside the circuit leaves popovers open; a choice made in one closes it.
    const menu = event.target.closest?.('[popover]');
    if (menu?.matches(':popover-open') && event.target.closest('a, [data-closes-menu]')) menu.hidePopover();
    // The base address would turn "#main" into another page.
    if (event.target.closest?.('.skip-link')) {
      event.preventDefault();
      focusFirst('#main');
    }
  }, { capture: true });
}

function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem('moderation.' + name);
    else localStorage.setItem('moderation.' + name, value);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}
