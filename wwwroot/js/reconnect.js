// Drives <dialog id="components-reconnect-modal"> by the classes that Blazor's script sets on it. Works with every
// version of that script, since it listens to no event of its own. The words stand in the markup (see reconnect.css).

const dialog = document.getElementById('components-reconnect-modal');
// The strongest last. An older script leaves "retrying" beside "hide", so "hide" is asked first.
const states = ['show', 'retrying', 'failed', 'rejected'];
let trying = false;

const is = (name) => dialog.classList.contains(`components-reconnect-${name}`);
const state = () => (is('hide') ? null : states.findLast(is) ?? null);

function onChange() {
  const now = state();
  if (now === null) {
    if (dialog.open) dialog.close();
    if (document.body.dataset.circuit === 'lost') document.body.dataset.circuit = 'ready';
    return;
  }
  if (document.body.dataset.circuit !== 'lost') {
    document.body.dataset.circuit = 'lost';
    document.dispatchEvent(new CustomEvent('desk:hide', { detail: { reason: 'circuit' } }));
  }
  if (!dialog.open) dialog.showModal();
  // The server answered that it no longer knows this page: only a new one helps.
  if (now === 'rejected') location.reload();
}

async function retry() {
  if (trying || state() !== 'failed') return;
  trying = true;
  become('retrying');
  try {
    // false: the server is there but has let go of this page.
    if (await window.Blazor.reconnect()) become('hide');
    else location.reload();
  } catch {
    become('failed');
  } finally {
    trying = false;
  }
}

function become(name) {
  dialog.classList.remove(...[...states, 'hide'].map((each) => `components-reconnect-${each}`));
  dialog.classList.add(`components-reconnect-${name}`);
}

if (dialog) {
  new MutationObserver(onChange).observe(dialog, { attributeFilter: ['class'] });
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.querySelector('[data-reconnect="retry"]')?.addEventListener('click', retry);
  dialog.querySelector('[data-reconnect="reload"]')?.addEventListener('click', () => location.reload());
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') retry(); });
  window.addEventListener('online', retry);
}
