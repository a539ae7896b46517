import { useId } from 'preact/hooks';

// A choice between few options, which stand next to each other.
export function Segments<Value extends string>(props: {
  legend: string;
  options: [Value, string][];
  value: Value;
  choose: (value: Value) => void;
}) {
  const { legend, options, value, choose } = props;
  const name = useId();
  return (
    <fieldset class="segments">
      <legend class="unseen">{legend}</legend>
      {options.map(([option, text]) => (
        <label key={option}>
          <input type="radio" name={name} checked={option === value} onChange={() => choose(option)} />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}
