// Classic script for <head>: settles how the page looks before the first paint. What the server wrote on <html> is what the person chose and
// goes first; where nobody is signed in, this browser remembers.
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

  function settled(name, allowed) {
    return allowed.indexOf(html.dataset[name]) >= 0 ? html.dataset[name] : null;
  }

  var dark = window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches;
  var themes = ['light', 'dark', 'calm'];
  var system = html.dataset.theme === 'system';
  html.dataset.theme = settled('theme', themes) || (system ? null : remembered('theme', themes)) || (dark ? 'dark' : 'light');
  html.dataset.density = settled('density', ['compact', 'comfortable']) || remembered('density', ['compact', 'comfortable']) || 'comfortable';
  html.dataset.rail = remembered('rail', ['pinned']) || 'narrow';
})();
