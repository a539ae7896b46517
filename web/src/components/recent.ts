// The visitor's recent choices, remembered on the device. The server never sees them.

const kept = 5;

// Returns the recent choices of a kind, the newest first; none where the device keeps nothing.
export function recent<Choice>(kind: string): Choice[] {
  try {
    const choices: unknown = JSON.parse(localStorage.getItem(key(kind)) ?? '[]');
    return Array.isArray(choices) ? choices : [];
  } catch {
    return [];
  }
}

// Puts a choice first. Choices with the same id are one.
export function remember<Choice>(kind: string, choice: Choice, idOf: (choice: Choice) => string): void {
  const others = recent<Choice>(kind).filter((other) => idOf(other) !== idOf(choice));
  try {
    localStorage.setItem(key(kind), JSON.stringify([choice, ...others].slice(0, kept)));
  } catch {
    // Storage is full or turned off, and the page works without it.
  }
}

const key = (kind: string): string => `rolegraph.recent.${kind}`;
