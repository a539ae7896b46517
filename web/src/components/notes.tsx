import { type Part, pageData } from '../api/page-data';

// What the server says about the page's address: which occupations its job
// titles are counted in, or what is similar to an unknown one.
export function Notes({ of = pageData.notes }: { of?: Part[][] }) {
  return (
    <>
      {of.map((parts) => (
        <p class="note" key={parts[0]?.text}>
          {parts.map(linked)}
        </p>
      ))}
    </>
  );
}

export function linked({ text, href }: Part) {
  return href ? (
    <a key={href} href={href}>
      {text}
    </a>
  ) : (
    text
  );
}
