import type { ComponentChildren } from 'preact';

export interface BarOf {
  name: string;
  value: number;
  // The formatted value.
  text: string;
  note?: ComponentChildren;
}

// Figures of one role by category. A full bar stands for outOf, or by default for
// the largest figure.
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
        {of.map(({ name, value, text, note }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="bar left">
              {value > 0 && <i aria-hidden="true" style={{ width: `${(value / most) * 70}%` }} />}
              <span>{text}</span>
            </td>
            {columns.length > 2 && <td class="points">{note}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
