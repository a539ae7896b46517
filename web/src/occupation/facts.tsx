import type { ComponentChildren } from 'preact';

export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>;
}

// A figure, what it is of, and what to know of it. Where it is missing, that is said.
export function Fact(props: { name: string; note?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.children ?? <span class="missing">not published</span>}
        {props.note && <small>{props.note}</small>}
      </dd>
    </div>
  );
}
