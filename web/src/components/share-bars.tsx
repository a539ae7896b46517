import { count, formatDifference, percent } from '../format/numbers';
import type { Titles } from '../format/verdict';
import { NotPublished } from './published-figure';

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
  // Ratings are points from 0 to 100, not percentages.
  rated?: boolean;
  // What a full bar stands for; by default the largest share.
  outOf?: number;
  // By default ratings are plain numbers and shares percentages.
  format?: (value: number) => string;
}

// Shares of both roles by category, as pairs of bars. The left bar is plain and
// the right one striped, so that they differ by more than color.
export function ShareBars({
  caption,
  shares,
  titles,
  rated = false,
  outOf,
  format = rated ? count : percent,
}: ShareBarsProps) {
  const most = outOf ?? Math.max(...shares.flatMap((share) => [share.left ?? 0, share.right ?? 0]), 1);
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
            <Bar side="left" value={share.left} {...{ most, format }} />
            <Bar side="right" value={share.right} {...{ most, format }} />
            <td class="points">{share.points !== null && formatDifference(share.points, 'PERCENTAGE_POINTS')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar(props: { side: 'left' | 'right'; value: number | null; most: number; format: (value: number) => string }) {
  const { side, value, most, format } = props;
  return (
    <td class={`bar ${side}`}>
      {value === null ? (
        <NotPublished />
      ) : (
        <>
          <i aria-hidden="true" style={{ width: `${(value / most) * 80}%` }} />
          <span>{format(value)}</span>
        </>
      )}
    </td>
  );
}
