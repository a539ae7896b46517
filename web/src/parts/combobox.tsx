export function Combobox<Option>(props: { id: string; label: string; placeholder?: string; text: string; search: (text: string, signal: AbortSignal) => Promise<Option[]>; keyOf: (option: Option) => string; textOf: (option: Option) => string; onChoose: (option: Option) => void }) {
  return <label>{props.label}<input value={props.text} /></label>;
}
