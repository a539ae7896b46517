import type { ComponentChildren } from 'preact';
import type { DifferencePartsFragment } from '../../generated/graphql';
import { signed, signedPercent } from '../words/figures';
import { type Titles, verdict } from '../words/verdict';
import { SideFigure } from './figure';

// A table with a column for either role and one for what lies between them.
export function RoleTable(props: {
  caption: string;
  titles: Titles;
  difference?: boolean;
  children: ComponentChildren;
}) {
  return (
    <div class="table">
      <table class="roles">
        <caption class="unseen">{props.caption}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col" class="left">
              {props.titles.left}
            </th>
            <th scope="col" class="right">
              {props.titles.right}
            </th>
            {props.difference !== false && <th scope="col">Difference</th>}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </div>
  );
}

// A row of words or figures that are not subtracted.
export function Row(props: {
  name: ComponentChildren;
  left: ComponentChildren;
  right: ComponentChildren;
  difference?: ComponentChildren;
}) {
  return (
    <tr>
      <th scope="row">{props.name}</th>
      <td>{props.left ?? <NotPublished />}</td>
      <td>{props.right ?? <NotPublished />}</td>
      {props.difference !== undefined && <td class="difference">{props.difference}</td>}
    </tr>
  );
}

export function NotPublished() {
  return <span class="missing">not published</span>;
}

// A row of two figures and their difference. The notes stand in small print.
export function DifferenceRow(props: {
  name: ComponentChildren;
  of: DifferencePartsFragment | null | undefined;
  titles: Titles;
  otherwise?: ComponentChildren;
}) {
  const { of } = props;
  if (!of) {
    return <Row name={props.name} left={null} right={null} difference={props.otherwise ?? 'nothing to compare'} />;
  }
  return (
    <Row
      name={props.name}
      left={<SideFigure of={of} side="left" />}
      right={<SideFigure of={of} side="right" />}
      difference={<Difference of={of} titles={props.titles} />}
    />
  );
}

// By how much the left figure is above the right one, and how sure that is.
export function Difference({ of, titles }: { of: DifferencePartsFragment; titles: Titles }) {
  const { absolute, percent, higher, confidence, unit } = of;
  return (
    <div class={`gap ${higher?.toLowerCase() ?? ''}`}>
      {absolute !== null && (
        <b>
          {signed(absolute, unit)}
          {percent !== null && absolute !== 0 && ` (${signedPercent(percent)})`}
        </b>
      )}
      <small title={of.explanation.note}>
        {verdict(higher, of.verdict, titles)}
        {confidence &&
          `; ${confidence.level}% interval ${signed(confidence.low, unit)} to ${signed(confidence.high, unit)}`}
      </small>
    </div>
  );
}
