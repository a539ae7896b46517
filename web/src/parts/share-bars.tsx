import { count, percent, signed } from '../words/figures';
import type { Titles } from '../words/verdict';

interface Shares {
  name: string;
  left: number | null;
  right: number | null;
  points: number | null;
}

interface ShareBarsProps {
  caption: string;
  shares: Shares[];
  titles: Titles;
  // Ratings are of 100 points, and no percentages.
  rated?: boolean;
}

// Shares of either role by category, as bars one above the other: the left one
// plain and the right one striped, so that colour is not all that tells them apart.
export function ShareBars({ caption, shares, titles, rated = false }: ShareBarsProps) {
  const written = rated ? count : percent;
  const most = Math.max(...shares.flatMap((share) => [share.left ?? 0, share.right ?? 0]), 1);
  return (
    <table class="bars">
      <caption>{caption}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">Category</th>
          <th scope="col">{titles.left}</th>
          <th scope="col">{titles.right}</th>
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        {shares.map((share) => (
          <tr key={share.name}>
            <th scope="row">{share.name}</th>
            <Bar side="left" value={share.left} {...{ most, written }} />
            <Bar side="right" value={share.right} {...{ most, written }} />
            <td class="points">{share.points !== null && signed(share.points, 'PERCENTAGE_POINTS')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar(props: {
  side: 'left' | 'right';
  value: number | null;
  most: number;
  written: (value: number) => string;
}) {
  const { side, value, most, written } = props;
  return (
    <td class={`bar ${side}`}>
      {value === null ? (
        <span class="missing">not published</span>
      ) : (
        <>
          <i aria-hidden="true" style={{ width: `${(value / most) * 80}%` }} />
          <span>{written(value)}</span>
        </>
      )}
    </td>
  );
}
