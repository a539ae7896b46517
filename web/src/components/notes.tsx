// What the server says about the page's address: which occupations its job
// titles are counted in, or what is similar to an unknown one. The server writes
// it once, with links, for clients with and without scripts.
export function Notes() {
  return (
    <>
      {readNotes().map((note) => (
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

// With scripts, the content of a noscript element is text.
function readNotes(): Element[] {
  const written = document.querySelector('noscript')?.textContent ?? '';
  return [...new DOMParser().parseFromString(written, 'text/html').querySelectorAll('.note')];
}
