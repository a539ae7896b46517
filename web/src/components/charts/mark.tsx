// Circles for the left role, squares for the right, so that they differ by more
// than color.
export function Mark({ side, x, y }: { side: 'left' | 'right'; x: number; y: number }) {
  return side === 'left' ? (
    <circle class="mark left" cx={x} cy={y} r="5" />
  ) : (
    <rect class="mark right" x={x - 4.5} y={y - 4.5} width="9" height="9" />
  );
}
