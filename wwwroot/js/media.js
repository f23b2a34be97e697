// The one script that puts user-made media on a page, and takes it off. A step above the blurred still is fetched only after
// the server granted it; it is gone from the document before the server hears of it.
//
// Markup (GatedMedia.razor): the tile, in it an empty [data-media-screen] that belongs to this script, buttons with
// data-media-step="1…3" and data-desk-hide, and perhaps a field data-media-reason. Once this script listens the tile has data-ready, while
// something is shown data-open.
// Events on the tile: desk:media { command } from the desk's keys. On the document: desk:hide { reason, scope }.
// .NET side: OnReveal(step, grey, blur) → null or { revealId, url, kind, seconds }; OnHidden(revealId); OnMark(seconds).

const tiles = new Set();
// What lies over media; the same for all of a page, so that the next picture is not clearer than the last.
const filters = { grey: false, blur: 0 };
const mostBlur = 8;
const blurPixels = 3;
const seekSeconds = 5;

export function attach(figure, dotNetRef) {
  listenOnce();
  const listening = new AbortController();
  let turn = 0;             // raised by each hiding: a grant that comes later than that is not used
  let wanted = null;        // what was asked for and not answered: { hold }
  let shown = null;         // { wrapper, revealId, hold, timer }

  async function reveal(step, hold) {
    if (shown && hold) return;
    const asked = ++turn;
    wanted = { hold };
    const grant = await dotNetRef.invokeMethodAsync('OnReveal', step, filters.grey, filters.blur).catch(() => null);
    if (turn !== asked) {
      if (grant?.revealId) tell(grant.revealId);
      return;
    }
    wanted = null;
    if (grant?.revealId) show(grant, hold);
    // Asked why: the answer goes into the field that has come in place of the button.
    else figure.querySelector('[data-media-reason]')?.focus();
  }

  function show(grant, hold) {
    const inTile = figure.contains(document.activeElement);
    if (shown) clear();
    const wrapper = document.createElement('div');
    wrapper.className = 'clear-media';
    wrapper.dataset.mediaClear = hold ? 'hold' : 'pinned';
    const element = draw(grant, figure.querySelector('[data-media-screen]').dataset.name);
    // What cannot be drawn leaves nothing behind, the record of having been shown included.
    element.addEventListener('error', () => hide('broken'), { once: true, signal: listening.signal });
    wrapper.append(element);
    shown = { wrapper, revealId: grant.revealId, hold, timer: setTimeout(() => hide('expired'), grant.seconds * 1000) };
    filter(wrapper);
    figure.querySelector('[data-media-screen]').append(wrapper);
    figure.toggleAttribute('data-open', true);
    if (inTile && !hold) figure.querySelector('[data-desk-hide]')?.focus();
  }

  function hide(reason) {
    turn += 1;
    wanted = null;
    if (!shown) return;
    const { revealId } = shown;
    const inTile = figure.contains(document.activeElement);
    clear();
    if (inTile) (figure.querySelector('[data-media-step="1"]') ?? figure).focus();
    // A case that is left takes its media with it; the server closes both together, however it was left.
    if (reason !== 'stop' && reason !== 'gone') tell(revealId);
  }

  // Off the page and out of the document: nothing to be drawn again, nothing that goes on loading.
  function clear() {
    const { wrapper, timer } = shown;
    shown = null;
    clearTimeout(timer);
    if (document.fullscreenElement && wrapper.contains(document.fullscreenElement)) document.exitFullscreen().catch(() => {});
    for (const element of wrapper.children) {
      element.pause?.();
      element.removeAttribute('src');
      element.load?.();
    }
    wrapper.remove();
    figure.removeAttribute('data-open');
  }

  function tell(revealId) {
    // A lost line rejects: the server closes what was open when it notices.
    dotNetRef.invokeMethodAsync('OnHidden', revealId).catch(() => {});
  }

  function command(name) {
    switch (name) {
      case 'revealHoldStart': return reveal(1, true);
      case 'revealUntilHidden':
        if (!shown) return reveal(1, false);
        shown.hold = false;
        shown.wrapper.dataset.mediaClear = 'pinned';
        return;
      case 'grey': filters.grey = !filters.grey; return filterAll();
      case 'blurMore': filters.blur = Math.min(mostBlur, filters.blur + 1); return filterAll();
      case 'blurLess': filters.blur = Math.max(0, filters.blur - 1); return filterAll();
      case 'fullscreen': return fullscreen();
    }
    const player = shown?.wrapper.querySelector('video, audio');
    if (player) play(player, name);
  }

  function play(player, name) {
    switch (name) {
      case 'mute': player.muted = !player.muted; break;
      case 'playPause': if (player.paused) player.play().catch(() => {}); else player.pause(); break;
      case 'seekBack': player.currentTime = Math.max(0, player.currentTime - seekSeconds); break;
      case 'seekForward': player.currentTime += seekSeconds; break;
      case 'slower': player.playbackRate = Math.max(0.25, player.playbackRate - 0.25); break;
      case 'faster': player.playbackRate = Math.min(2, player.playbackRate + 0.25); break;
      case 'markTime': dotNetRef.invokeMethodAsync('OnMark', player.currentTime).catch(() => {}); break;
    }
  }

  // The wrapper fills the screen, not the picture: what lies over it stays.
  function fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    else shown?.wrapper.requestFullscreen().catch(() => {});
  }

  const tile = {
    hide(reason, scope = 'all') {
      if (scope !== 'hold' || (shown ?? wanted)?.hold) hide(reason);
    },
    filter() { if (shown) filter(shown.wrapper); },
  };
  tiles.add(tile);
  const listen = (type, handler) => figure.addEventListener(type, handler, { signal: listening.signal });
  listen('desk:media', (event) => command(event.detail.command));
  listen('contextmenu', (event) => { if (event.target.closest('[data-media-screen]')) event.preventDefault(); });
  listen('click', (event) => {
    const button = event.target.closest('[data-media-step]');
    if (button) reveal(Number(button.dataset.mediaStep), false);
    else if (event.target.closest('[data-desk-hide]')) hide('button');
  });
  listen('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || !event.target.matches('[data-media-reason]')) return;
    event.preventDefault();
    // What is typed reaches the server before what it is for.
    event.target.dispatchEvent(new Event('change', { bubbles: true }));
    reveal(Number(event.target.dataset.mediaReason), false);
  });

  figure.toggleAttribute('data-ready', true);
  return {
    dispose() {
      hide('gone');
      tiles.delete(tile);
      listening.abort();
      figure.removeAttribute('data-ready');
    },
  };
}

function draw({ kind, url }, name) {
  const element = document.createElement(kind);
  if (kind === 'img') {
    element.alt = name;
    element.decoding = 'async';
    element.draggable = false;
  } else {
    // Silent and still until asked. Full screen of the player's own would leave the filters behind.
    element.muted = true;
    element.preload = 'none';
    element.controls = true;
    element.playsInline = true;
    element.disablePictureInPicture = true;
    element.disableRemotePlayback = true;
    element.setAttribute('controlslist', 'nodownload nofullscreen noremoteplayback');
    element.setAttribute('aria-label', name);
  }
  element.src = url;
  return element;
}

function filter(wrapper) {
  wrapper.style.setProperty('--media-grey', filters.grey ? '1' : '0');
  wrapper.style.setProperty('--media-blur', `${filters.blur * blurPixels}px`);
}

function filterAll() {
  for (const tile of tiles) tile.filter();
}

function hideAll(reason, scope) {
  for (const tile of [...tiles]) tile.hide(reason, scope);
}

// Every page with media hides by itself, with or without the desk's keys. Listeners stay for the life of the document.
let listens = false;
function listenOnce() {
  if (listens) return;
  listens = true;
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' || event.code === 'Escape') hideAll('key'); }, { capture: true });
  document.addEventListener('desk:hide', (event) => hideAll(event.detail?.reason ?? 'page', event.detail?.scope));
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') hideAll('hidden'); }, { capture: true });
  document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement) hideAll('fullscreen'); }, { capture: true });
  window.addEventListener('blur', (event) => { if (event.target === window) hideAll('blur'); });
  window.addEventListener('pagehide', () => hideAll('gone'));
}
