// Another role is another page. What has the focus, mostly the input of the role, has it there too.
const key = 'rolegraph.focus';

export function openKeepingFocus(address: string): void {
  try {
    sessionStorage.setItem(key, document.activeElement?.id ?? '');
  } catch {
    // Storage is turned off, and the page works without it.
  }
  window.location.assign(address);
}

export function restoreFocus(): void {
  try {
    const id = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    if (id) document.getElementById(id)?.focus();
  } catch {
    // As above.
  }
}
