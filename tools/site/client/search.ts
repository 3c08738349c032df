/** Opens the search by its button or by "/"; what it needs is loaded then. */
export function offerSearch(): void {
  const button = document.querySelector<HTMLButtonElement>('#search')!;
  const open = async () => {
    const { openSearch } = await import('./search-dialog.ts');
    openSearch(new URL(button.dataset.index!, location.href));
  };
  button.hidden = false;
  button.addEventListener('click', open);
  window.addEventListener('keydown', (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    const typing = target instanceof HTMLInputElement;
    if ((key === '/' && !typing && !ctrlKey && !metaKey && !altKey) || (key === 'k' && (ctrlKey || metaKey))) {
      event.preventDefault();
      open();
    }
  });
}
