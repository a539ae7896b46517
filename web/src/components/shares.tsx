import { percent, points } from '../format/numbers';
import type { Titles } from '../format/verdict';
import { type DumbbellRow, Dumbbells } from './dumbbells';

// Shares of both roles by category. All of them are read against 0.
export function Shares({ caption, of, titles }: { caption: string; of: DumbbellRow[]; titles: Titles }) {
  return <Dumbbells caption={caption} titles={titles} rows={of} from={0} format={percent} formatSize={points} />;
}
