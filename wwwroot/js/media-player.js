// The bar below a video or a recording. The browser's own bar would lie under the person's blur, and leave it behind in full screen.
// Markup (MediaPlayer.razor), all inside the tile: [data-media-command] buttons, [data-media-seek] a range, [data-media-time] and
// [data-media-speed] for words. On the tile: data-player while there is one, data-playing, data-loud.

const seekSeconds = 5;

/** As the person wants it, from where they pointed at. */
export function prepare(player, { muted, speed }, start) {
  player.muted = muted;
  player.defaultPlaybackRate = player.playbackRate = speed;
  if (start > 0) player.currentTime = start;
}

/** Binds the bar of a tile to a player; returns what ends it. */
export function bindBar(figure, player, signal) {
  const seek = figure.querySelector('[data-media-seek]');
  const time = figure.querySelector('[data-media-time]');
  const speed = figure.querySelector('[data-media-speed]');
  const on = (target, type, handler) => target?.addEventListener(type, handler, { signal });

  function draw() {
    figure.toggleAttribute('data-playing', !player.paused && !player.ended);
    figure.toggleAttribute('data-loud', !player.muted);
    const length = Number.isFinite(player.duration) ? player.duration : Number(figure.dataset.mediaSeconds ?? 0);
    if (seek && length > 0) {
      seek.max = String(length);
      seek.value = String(player.currentTime);
      seek.setAttribute('aria-valuetext', clock(player.currentTime));
    }
    if (time) time.textContent = length > 0 ? `${clock(player.currentTime)} / ${clock(length)}` : clock(player.currentTime);
    if (speed) speed.textContent = player.playbackRate === 1 ? '' : `${player.playbackRate}×`;
  }

  for (const type of ['play', 'pause', 'ended', 'timeupdate', 'volumechange', 'ratechange', 'durationchange', 'seeking']) on(player, type, draw);
  on(seek, 'input', () => { player.currentTime = Number(seek.value); });
  figure.toggleAttribute('data-player', true);
  draw();
  return () => {
    for (const name of ['data-player', 'data-playing', 'data-loud']) figure.removeAttribute(name);
  };
}

/** What a command does to a player; true when it was one of its commands. */
export function play(player, command) {
  switch (command) {
    case 'mute': player.muted = !player.muted; return true;
    case 'playPause': if (player.paused) player.play().catch(() => {}); else player.pause(); return true;
    case 'seekBack': player.currentTime = Math.max(0, player.currentTime - seekSeconds); return true;
    case 'seekForward': player.currentTime += seekSeconds; return true;
    case 'slower': player.playbackRate = Math.max(0.25, player.playbackRate - 0.25); return true;
    case 'faster': player.playbackRate = Math.min(2, player.playbackRate + 0.25); return true;
    default: return false;
  }
}

/** "1:05". */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (number) => String(number).padStart(2, '0');
  return whole < 3600 ? `${Math.floor(whole / 60)}:${two(whole % 60)}` : `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
