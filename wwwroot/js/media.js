// The one script that puts user-made media on a page, and takes it off. A step above the blurred still is fetched only after
// the server granted it; it is gone from the document before the server hears of it.
//
// Markup (GatedMedia.razor): the tile with data-media-choices (see media-looks.js), data-media-kind and perhaps data-media-holds; in it
// the blurred [data-media-still], an empty [data-media-screen] that belongs to this script, buttons with data-media-step="1…3",
// data-media-zoom, data-media-command and data-desk-hide, perhaps [data-media-stills] with [data-media-jump] for each still of a video
// and a field data-media-reason. Once this script listens the tile has data-ready, while something is shown data-open, while it is
// enlarged data-zoom.
// Events: on the tile desk:media { command } from the desk's keys, on the document desk:hide { reason, scope }.
// .NET side: OnReveal(step, grey, blur, region) → null or { revealId, url, kind, seconds, across }; OnHidden(revealId, reason); OnMark(seconds).

import { choicesOf, looksOf } from './media-looks.js';
import { bindBar, play, prepare } from './media-player.js';
import { bindPress } from './media-press.js';
import { openRegion } from './media-region.js';
import { fullscreen, zoom } from './media-size.js';
import { bindStills } from './media-stills.js';
import { enter, filterAll, leave, pointer, quietMs, stir } from './media-tiles.js';


export function attach(figure, dotNetRef) {
  const listening = new AbortController();
  const screen = () => figure.querySelector('[data-media-screen]');
  const choices = () => choicesOf(figure.dataset.mediaChoices);
  const looks = looksOf(choices);
  let turn = 0;             // raised by each hiding: a grant that comes later than that is not used
  let wanted = null;        // what was asked for and not answered: { hold }
  let shown = null;         // { wrapper, revealId, hold, timer, idle, region, player, ending }
  let start = 0;            // where the person wants a video to begin, seconds

  async function reveal(step, hold) {
    if (shown && hold) return;
    const asked = ++turn;
    wanted = { hold };
    const { colour, blur } = looks.now();
    const region = choices().reveal === 'Region' && isStill(step);
    const grant = await dotNetRef.invokeMethodAsync('OnReveal', step, colour === 'Grey', blur, region).catch(() => null);
    if (turn !== asked) {
      if (grant?.revealId) tell(grant.revealId, 'late');
      return;
    }
    wanted = null;
    if (grant?.revealId) show(grant, hold);
    // Asked why: the answer goes into the field that has come in place of the button.
    else figure.querySelector('[data-media-reason]')?.focus();
  }

  // Of a video the storyboard is a still, of a recording its waveform; what is played has no regions.
  const isStill = (step) => step === 1 || (step === 2 && figure.dataset.mediaKind === 'image');

  function show(grant, hold) {
    const inTile = figure.contains(document.activeElement);
    if (shown) clear();
    const wrapper = document.createElement('div');
    wrapper.className = 'clear-media';
    wrapper.dataset.mediaClear = hold ? 'hold' : 'pinned';
    const ending = new AbortController();
    const { name, part } = screen().dataset;
    const fail = (element) => { element.addEventListener('error', () => hide('broken'), { once: true, signal: ending.signal }); return element; };
    shown = { wrapper, revealId: grant.revealId, hold, ending, timer: setTimeout(() => hide('expired'), grant.seconds * 1000) };
    if (grant.across > 0) {
      const still = figure.querySelector('[data-media-still]');
      shown.region = openRegion({
        across: grant.across,
        ratio: still?.naturalWidth > 0 ? still.naturalWidth / still.naturalHeight : 1,
        still: picture(still?.currentSrc || still?.src || '', ''),
        tileAt: (x, y) => fail(picture(`${grant.url}&x=${x}&y=${y}`, part.replace('{0}', name).replace('{1}', x + 1).replace('{2}', y + 1))),
      });
      wrapper.append(shown.region.element);
    } else {
      // What cannot be drawn leaves nothing behind, the record of having been shown included.
      const element = fail(draw(grant, name));
      wrapper.append(element);
      if (grant.kind !== 'img') hear(element, ending.signal);
    }
    filter();
    screen().append(wrapper);
    if (shown.region) {
      if (pointer()) shown.region.point(...pointer());
      shown.region.begin();
    }
    figure.toggleAttribute('data-open', true);
    stir();
    watchIdle();
    if (inTile && !hold) figure.querySelector('[data-desk-hide]')?.focus();
  }

  function hear(player, signal) {
    prepare(player, choices(), start);
    player.addEventListener('timeupdate', stir, { signal });
    shown.player = player;
    shown.unbind = bindBar(figure, player, signal);
  }

  // Nobody there: hidden. Holding and playing are somebody.
  function watchIdle() {
    const limit = choices().reblur * 1000;
    const someone = shown.hold || (shown.player && !shown.player.paused && !shown.player.ended);
    const left = someone ? limit : limit - quietMs();
    if (left <= 0) hide('idle');
    else shown.idle = setTimeout(watchIdle, left);
  }

  function hide(reason) {
    turn += 1;
    wanted = null;
    if (!shown) return;
    const { revealId } = shown;
    const inTile = figure.contains(document.activeElement);
    clear();
    if (document.fullscreenElement === figure) document.exitFullscreen().catch(() => {});
    if (inTile) (figure.querySelector('.when-closed[data-media-step]') ?? figure).focus();
    // A case that is left takes its media with it; the server closes both together, however it was left.
    if (reason !== 'stop' && reason !== 'gone') tell(revealId, reason);
  }

  // Off the page and out of the document: nothing to be drawn again, nothing that goes on loading.
  function clear() {
    const { wrapper, timer, idle, ending, unbind } = shown;
    shown = null;
    clearTimeout(timer);
    clearTimeout(idle);
    ending.abort();
    unbind?.();
    for (const element of wrapper.querySelectorAll('img, video, audio')) {
      element.pause?.();
      element.removeAttribute('src');
      element.load?.();
    }
    wrapper.remove();
    figure.removeAttribute('data-open');
  }

  // A lost line rejects: the server closes what was open when it notices.
  const tell = (revealId, reason) => dotNetRef.invokeMethodAsync('OnHidden', revealId, reason).catch(() => {});

  function command(name) {
    switch (name) {
      case 'revealHoldStart':
        if (choices().reveal === 'Toggle' && shown) return hide('key');
        return reveal(choices().first, choices().reveal !== 'Toggle');
      case 'revealUntilHidden':
        if (!shown) return reveal(choices().first, false);
        shown.hold = false;
        shown.wrapper.dataset.mediaClear = 'pinned';
        return;
      case 'grey': looks.turnGrey(); return filterAll();
      case 'blurMore': looks.blurMore(); return filterAll();
      case 'blurLess': looks.blurLess(); return filterAll();
      case 'zoom': return zoom(figure);
      case 'fullscreen': return fullscreen(figure, shown !== null);
    }
    if (!shown?.player) return;
    if (name === 'markTime') dotNetRef.invokeMethodAsync('OnMark', shown.player.currentTime).catch(() => {});
    else play(shown.player, name);
  }

  function filter() {
    if (!shown) return;
    shown.wrapper.style.setProperty('--media-colour', looks.filter());
    shown.wrapper.style.setProperty('--media-blur', String(looks.now().blur));
  }

  const tile = {
    hide(reason, scope = 'all') {
      if (scope !== 'hold' || (shown ?? wanted)?.hold) hide(reason);
    },
    filter() { looks.follow(); filter(); },
    point(x, y) { shown?.region?.point(x, y); },
    key(name) { return shown?.region?.key(name) ?? false; },
  };
  enter(tile);
  const listen = (type, handler) => figure.addEventListener(type, handler, { signal: listening.signal });
  listen('desk:media', (event) => command(event.detail.command));
  listen('contextmenu', (event) => { if (event.target.closest('.tile-frame')) event.preventDefault(); });
  listen('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.mediaStep) reveal(Number(button.dataset.mediaStep), false);
    else if ('mediaZoom' in button.dataset) zoom(figure);
    else if (button.dataset.mediaCommand) command(button.dataset.mediaCommand);
    else if ('deskHide' in button.dataset) hide('button');
  });
  listen('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || !event.target.matches('[data-media-reason]')) return;
    event.preventDefault();
    // What is typed reaches the server before what it is for.
    event.target.dispatchEvent(new Event('change', { bubbles: true }));
    reveal(Number(event.target.dataset.mediaReason), false);
  });
  // Holding the picture is holding the key.
  bindPress(figure, {
    allowed: () => 'mediaHolds' in figure.dataset && choices().reveal !== 'Toggle' && !shown,
    begin() {
      figure.dispatchEvent(new CustomEvent('media:held', { bubbles: true }));
      reveal(choices().first, true);
    },
    end: () => tile.hide('pointer', 'hold'),
  }, listening.signal);
  bindStills(figure, (seconds) => {
    start = seconds;
    if (shown?.player) shown.player.currentTime = seconds;
  }, listening.signal);

  figure.toggleAttribute('data-ready', true);
  return {
    dispose() {
      hide('gone');
      leave(tile);
      listening.abort();
      figure.removeAttribute('data-ready');
    },
  };
}

// The stills of the case that comes next, so that it is drawn at once. Only step 0: nothing above it leaves before its reveal.
// A page that holds a picture draws it again without asking, however little may be kept of it.
let ahead = new Map();
export function preload(mediaIds) {
  const next = new Map();
  for (const id of mediaIds) {
    if (!/^[0-9a-f-]{36}$/.test(id)) continue;
    next.set(id, ahead.get(id) ?? picture(new URL(`media/${id}/0`, document.baseURI).href, ''));
  }
  ahead = next;
}

function picture(url, name) {
  const element = document.createElement('img');
  element.alt = name;
  element.decoding = 'async';
  element.draggable = false;
  element.src = url;
  return element;
}

function draw({ kind, url }, name) {
  if (kind === 'img') return picture(url, name);
  const element = document.createElement(kind);
  // Silent and still until asked, without a bar of its own: full screen from there would leave the filters behind.
  element.muted = true;
  element.preload = 'none';
  element.playsInline = true;
  element.disablePictureInPicture = true;
  element.disableRemotePlayback = true;
  element.setAttribute('aria-label', name);
  element.src = url;
  return element;
}
