import { percent, signed } from '../words/figures';
import type { Titles } from '../words/verdict';

interface Shares {
  name: string;
  left: number | null;
  right: number | null;
  points: number | null;
}

// Shares of either role by category, as bars one above the other: the left one
// plain and the right one striped, so that colour is not all that tells them apart.
export function ShareBars({ caption, shares, titles }: { caption: string; shares: Shares[]; titles: Titles }) {
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
            <Bar side="left" value={share.left} most={most} />
            <Bar side="right" value={share.right} most={most} />
            <td class="points">{share.points !== null && signed(share.points, 'PERCENTAGE_POINTS')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ side, value, most }: { side: 'left' | 'right'; value: number | null; most: number }) {
  return (
    <td class={`bar ${side}`}>
      {value === null ? (
        <span class="missing">not published</span>
      ) : (
        <>
          <i aria-hidden="true" style={{ width: `${(value / most) * 80}%` }} />
          <span>{percent(value)}</span>
        </>
      )}
    </td>
  );
}

