// A tile map: each state and territory is a tile of the same size, so that small
// states are visible. Columns and rows count from the northwest.
export const tiles: Record<string, [column: number, row: number]> = {
  AK: [0, 0],
  ME: [10, 0],
  VT: [9, 1],
  NH: [10, 1],
  WA: [0, 2],
  ID: [1, 2],
  MT: [2, 2],
  ND: [3, 2],
  MN: [4, 2],
  IL: [5, 2],
  WI: [6, 2],
  MI: [7, 2],
  NY: [8, 2],
  RI: [9, 2],
  MA: [10, 2],
  OR: [0, 3],
  NV: [1, 3],
  WY: [2, 3],
  SD: [3, 3],
  IA: [4, 3],
  IN: [5, 3],
  OH: [6, 3],
  PA: [7, 3],
  NJ: [8, 3],
  CT: [9, 3],
  CA: [0, 4],
  UT: [1, 4],
  CO: [2, 4],
  NE: [3, 4],
  MO: [4, 4],
  KY: [5, 4],
  WV: [6, 4],
  VA: [7, 4],
  MD: [8, 4],
  DE: [9, 4],
  AZ: [1, 5],
  NM: [2, 5],
  KS: [3, 5],
  AR: [4, 5],
  TN: [5, 5],
  NC: [6, 5],
  SC: [7, 5],
  DC: [8, 5],
  OK: [3, 6],
  LA: [4, 6],
  MS: [5, 6],
  AL: [6, 6],
  GA: [7, 6],
  HI: [0, 7],
  TX: [3, 7],
  FL: [8, 7],
  PR: [9, 7],
  VI: [10, 7],
  GU: [1, 7],
};

// Returns the nearest of some tiles in a direction, such as 1, 0 for the east; null if
// there is none. Tiles in the same row or column are nearer than others.
export function nextTile(from: string, [east, south]: [number, number], among: string[]): string | null {
  const [column, row] = tiles[from] ?? [0, 0];
  const distances = among.flatMap((code) => {
    const [x = 0, y = 0] = tiles[code] ?? [];
    const along = (x - column) * east + (y - row) * south;
    const aside = Math.abs((x - column) * south) + Math.abs((y - row) * east);
    return along > 0 ? [{ code, distance: along + 3 * aside }] : [];
  });
  return distances.toSorted((one, other) => one.distance - other.distance)[0]?.code ?? null;
}
