// Copies a text. Returns false where the clipboard is not allowed, such as without TLS.
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
