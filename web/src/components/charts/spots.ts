// The area of a chart that shows a point's figures, in the chart's coordinates.
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

// Returns the index of the area that is nearest to a place; null if all are farther
// away than the reach.
export function nearest(areas: Area[], [x, y]: [number, number], reach: number): number | null {
  let [found, least]: [number | null, number] = [null, reach];
  areas.forEach((area, index) => {
    const away = Math.hypot(outside(x, area.x, area.width), outside(y, area.y, area.height));
    if (away < least || (away === least && found === null)) [found, least] = [index, away];
  });
  return found;
}

const outside = (place: number, start: number, length: number): number =>
  Math.max(start - place, 0, place - start - length);

// Moves labels apart that are closer than a distance, as little as possible, between two
// ends, and returns their places in the order given.
export function spread(places: number[], distance: number, [top, bottom]: [number, number]): number[] {
  const order = places.map((_, index) => index).toSorted((one, other) => (places[one] ?? 0) - (places[other] ?? 0));
  const moved = [...places];
  const move = (index: number, place: number) => {
    moved[index] = place;
  };
  order.forEach((index, rank) => {
    const above = rank > 0 ? (moved[order[rank - 1] ?? 0] ?? 0) + distance : top;
    move(index, Math.max(moved[index] ?? 0, above));
  });
  order.toReversed().forEach((index, rank) => {
    const below = rank > 0 ? (moved[order[order.length - rank] ?? 0] ?? 0) - distance : bottom;
    move(index, Math.min(moved[index] ?? 0, below));
  });
  return moved;
}

// Breaks a text into lines of some characters at most, where it has spaces.
export function wrapped(text: string, characters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= characters) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
