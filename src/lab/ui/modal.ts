/**
 * The dialogs that lie over the page: while one is open, keys are its own, wherever the focus is. (It falls back to the page
 * where the control that had it goes away, so that where a key was pressed says too little.)
 */
const shown = new Set<HTMLDialogElement>();

export function showModal(dialog: HTMLDialogElement): void {
  if (!dialog.open) dialog.showModal();
  shown.add(dialog);
}

export function modalOpen(): boolean {
  for (const dialog of shown) if (!dialog.open || !dialog.isConnected) shown.delete(dialog);
  return shown.size > 0;
}
