// Opens and closes a <dialog>; the browser keeps focus in it and gives it back.

export function show(dialog) {
  if (!dialog?.isConnected || dialog.open) return;
  dialog.showModal();
  const first = dialog.querySelector('[data-first]');
  if (first) first.focus();
  // One that is longer than the window begins at its beginning: its buttons are at its end, and the browser went to them.
  else if (dialog.scrollTop > 0) {
    dialog.tabIndex = -1;
    dialog.focus({ preventScroll: true });
    dialog.scrollTop = 0;
  }
}

export function close(dialog) {
  if (dialog?.open) dialog.close();
}
