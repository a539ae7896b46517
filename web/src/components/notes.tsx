// What the server says about the page's address: which occupations its job
// titles are counted in, or what is similar to an unknown one. The server writes
// it once, with links, for clients with and without scripts.
export function Notes() {
  return (
    <>
      {written('.note').map((note) => (
        <p class="note" key={note.textContent}>
          {Array.from(note.childNodes, (part) =>
            part instanceof HTMLAnchorElement ? (
              <a key={part.href} href={part.href}>
                {part.textContent}
              </a>
            ) : (
              part.textContent
            ),
          )}
        </p>
      ))}
    </>
  );
}

// Returns the server's message on a page about something unknown: its only sentence.
export const problem = (): string => written('.sentence')[0]?.textContent ?? '';

// With scripts, the content of a noscript element is text.
function written(selector: string): Element[] {
  const text = document.querySelector('noscript')?.textContent ?? '';
  return [...new DOMParser().parseFromString(text, 'text/html').querySelectorAll(selector)];
}
