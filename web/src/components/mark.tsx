// Circles for the left role, squares for the right, so that they differ by more
// than color. The mark of a second line of the same role is smaller and hollow.
export function Mark(props: { side: 'left' | 'right'; x: number; y: number; kind?: 'nominal' | 'real' }) {
  const { side, x, y, kind = 'real' } = props;
  const radius = kind === 'real' ? 5 : 3;
  const edge = 2 * radius - 1;
  return side === 'left' ? (
    <circle class={`mark left ${kind}`} cx={x} cy={y} r={radius} />
  ) : (
    <rect class={`mark right ${kind}`} x={x - edge / 2} y={y - edge / 2} width={edge} height={edge} />
  );
}
