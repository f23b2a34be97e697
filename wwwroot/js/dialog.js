// Opens and closes a <dialog>; the browser keeps focus in it and gives it back.

export function show(dialog) {
  if (!dialog?.isConnected || dialog.open) return;
  dialog.showModal();
  dialog.querySelector('[data-first]')?.focus();
}

export function close(dialog) {
  if (dialog?.open) dialog.close();
}
