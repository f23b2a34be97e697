// What stands in the desk's fields, told to the server in pauses of typing: one message a pause, not one a letter.
// Markup: data-desk-field="name" on each field. .NET side: [JSInvokable] OnFields(task, { name: value }), where task is the data-task that
// stood beside the fields, so that words about one case never reach another.

export function watchFields(root, dotNetRef, { pauseMs = 400 } = {}) {
  const listening = new AbortController();
  let timer = null;

  const read = () => Object.fromEntries([...root.querySelectorAll('[data-desk-field]')].map((field) => [field.dataset.deskField, field.value]));

  function tell() {
    clearTimeout(timer);
    timer = null;
    dotNetRef.invokeMethodAsync('OnFields', Number(root.querySelector('[data-task]')?.dataset.task ?? 0), read()).catch(() => {});
  }

  root.addEventListener('input', (event) => {
    if (!event.target.closest?.('[data-desk-field]')) return;
    clearTimeout(timer);
    timer = setTimeout(tell, pauseMs);
  }, { signal: listening.signal });
  // Leaving the field or the page does not wait for the pause.
  root.addEventListener('change', () => { if (timer !== null) tell(); }, { signal: listening.signal });
  document.addEventListener('visibilitychange', () => { if (timer !== null) tell(); }, { signal: listening.signal });

  return {
    read,
    dispose() {
      listening.abort();
      clearTimeout(timer);
    },
  };
}
