// Limits of a section's figures, closed until a visitor wants to know them.
export function Caveats({ of: caveats }: { of: string[] }) {
  if (caveats.length === 0) return null;
  return (
    <details class="caveats-box">
      <summary>Notes on these figures ({caveats.length})</summary>
      <ul class="caveats">
        {caveats.map((caveat) => (
          <li key={caveat}>{caveat}</li>
        ))}
      </ul>
    </details>
  );
}
