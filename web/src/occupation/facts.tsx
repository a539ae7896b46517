import type { ComponentChildren } from 'preact';
import { NotPublished } from '../components/published-figure';

export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>;
}

// A name, its figure and a note. A null figure is shown as not published, or with the reason.
export function Fact(props: {
  name: string;
  note?: ComponentChildren;
  reason?: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.children ?? <NotPublished reason={props.reason} />}
        {props.note && <small>{props.note}</small>}
      </dd>
    </div>
  );
}
