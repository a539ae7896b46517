import type { ComponentChildren } from 'preact';

export interface BarOf {
  name: string;
  value: number;
  // The value as it is written, and what else is to be said.
  written: string;
  note?: ComponentChildren;
}

// Figures of one role by category. Where all that they can reach is given, a
// full bar stands for that, and else for the largest.
export function Bars(props: { caption: string; columns: string[]; of: BarOf[]; outOf?: number }) {
  const { caption, columns, of } = props;
  const most = props.outOf ?? Math.max(...of.map((bar) => bar.value), 1);
  return (
    <table class={columns.length > 2 ? 'bars one noted' : 'bars one'}>
      <caption>{caption}</caption>
      <thead class="unseen">
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {of.map(({ name, value, written, note }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="bar left">
              <i aria-hidden="true" style={{ width: `${(value / most) * 70}%` }} />
              <span>{written}</span>
            </td>
            {columns.length > 2 && <td class="points">{note}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
