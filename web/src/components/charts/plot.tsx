import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Area, nearest } from './spots';

// A point of a chart or several that are read together, such as those of a year.
export interface Spot extends Area {
  key: string;
  // Where the readout is shown.
  at: [number, number];
  // The figures as text, for screen readers.
  label: string;
  // The figures as the readout shows them.
  readout: ComponentChildren;
  // The page of the point, if it has one.
  href?: string;
}

// About the size of a fingertip.
const reach = 24;

// A chart whose figures are read by hovering, by tapping and by keyboard alike: Tab reaches
// one spot, the arrow keys, Home and End move between spots, and Escape closes. The drawing
// is hidden from screen readers, which have the labels of the spots.
export function Plot(props: {
  title: string;
  width: number;
  height: number;
  spots: Spot[];
  children: (active: string | null) => ComponentChildren;
}) {
  const { title, width, height, spots, children } = props;
  const plot = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const [last, setLast] = useState<string | null>(null);
  const tapped = useRef(false);
  const shown = spots.find(({ key }) => key === active);
  const stop = spots.some(({ key }) => key === last) ? last : spots[0]?.key;

  useEffect(() => {
    if (active === null) return;
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !plot.current?.contains(event.target)) setActive(null);
    };
    window.addEventListener('pointerdown', outside);
    return () => window.removeEventListener('pointerdown', outside);
  }, [active]);

  const point = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place: [number, number] = [
      ((event.clientX - box.left) * width) / box.width,
      ((event.clientY - box.top) * height) / box.height,
    ];
    const found = nearest(spots, place, reach);
    setActive(found === null ? null : (spots[found]?.key ?? null));
  };
  const leave = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node && plot.current?.contains(relatedTarget))) setActive(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setActive(null);
    const next = moved(
      spots.findIndex(({ key }) => key === stop),
      event.key,
      spots.length,
    );
    if (next === null) return;
    event.preventDefault();
    plot.current?.querySelectorAll<SVGElement>('.spot')[next]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its spots have the focus.
    <div ref={plot} class="plot" onKeyDown={onKeyDown} onFocusOut={leave}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={title}
        onPointerDown={(event) => {
          tapped.current = event.pointerType !== 'mouse';
          point(event);
        }}
        onPointerMove={point}
        onPointerLeave={(event) => event.pointerType === 'mouse' && setActive(null)}
      >
        <g aria-hidden="true">{children(active)}</g>
        {spots.map(({ key, label, href, readout: _, at: __, ...area }) => {
          const events = {
            tabindex: key === stop ? 0 : -1,
            'aria-label': label,
            onFocus: () => {
              setLast(key);
              setActive(key);
            },
          };
          if (!href) return <rect key={key} class="spot" role="img" {...area} {...events} />;
          // The first tap on a point shows its figures, with a link to its page.
          const onClick = (event: MouseEvent) => tapped.current && event.preventDefault();
          return (
            <a key={key} class="spot" href={href} {...events} onClick={onClick}>
              <rect {...area} />
            </a>
          );
        })}
      </svg>
      {shown && <Readout of={shown} width={width} height={height} />}
    </div>
  );
}

// Returns the index that a key leads to; null for other keys, and at the ends.
export function moved(from: number, key: string, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowRight: from + 1,
    ArrowDown: from + 1,
    ArrowLeft: from - 1,
    ArrowUp: from - 1,
  };
  const to = { ...steps, Home: 0, End: count - 1 }[key];
  return to !== undefined && to >= 0 && to < count ? to : null;
}

function Readout({ of, width, height }: { of: Spot; width: number; height: number }) {
  const [x, y] = of.at;
  const left = x > width / 2;
  return (
    // The label of the spot says the same.
    <div
      class={`readout ${left ? 'before' : 'after'} ${of.href ? 'linked' : ''}`}
      aria-hidden={of.href === undefined}
      style={{ left: `${(100 * x) / width}%`, top: `${(100 * y) / height}%` }}
    >
      {of.readout}
    </div>
  );
}
