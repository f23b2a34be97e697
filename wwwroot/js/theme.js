// Classic script for <head>: applies what this browser remembers before the first paint.
// Names: moderation.theme = light | dark | calm (absent: what the system prefers), moderation.density = compact | comfortable,
// moderation.rail = pinned.
(function () {
  'use strict';
  var html = document.documentElement;

  function remembered(name, allowed) {
    try {
      var value = localStorage.getItem('moderation.' + name);
      return allowed.indexOf(value) >= 0 ? value : null;
    } catch (blocked) {
      return null;
    }
  }

  var dark = window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches;
  html.dataset.theme = remembered('theme', ['light', 'dark', 'calm']) || (dark ? 'dark' : 'light');
  html.dataset.density = remembered('density', ['compact', 'comfortable']) || 'comfortable';
  html.dataset.rail = remembered('rail', ['pinned']) || 'narrow';
})();
