import type { ComponentChildren } from 'preact';
import type { DifferencePartsFragment } from '../../generated/graphql';
import { count, formatDifference, signedPercent } from '../format/numbers';
import { notCompared, type Titles, verdictText } from '../format/verdict';
import { NotPublished, SideFigure } from './published-figure';

// A table with a column for each role and one for the difference.
export function RoleTable({
  difference = true,
  words = false,
  ...props
}: {
  caption: string;
  titles: Titles;
  difference?: boolean;
  // Whether the cells have text and not figures.
  words?: boolean;
  children: ComponentChildren;
}) {
  return (
    <div class="table">
      <table class={`roles ${words ? 'words' : 'figures'} ${difference ? 'differences' : ''}`}>
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
            {difference && (
              <th scope="col">
                Difference<small>in percent of {props.titles.right}</small>
              </th>
            )}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </div>
  );
}

// A row of text, or of figures that are not subtracted.
export function Row(props: {
  name: ComponentChildren;
  left: ComponentChildren;
  right: ComponentChildren;
  difference?: ComponentChildren;
  // Whether the cells have figures, which are larger than text.
  figures?: boolean;
  // Whether another section has the same figures. Paper shows them once.
  repeated?: boolean | undefined;
}) {
  const kind = props.figures ? 'figure' : undefined;
  return (
    <tr class={props.repeated ? 'repeated' : undefined}>
      <th scope="row">{props.name}</th>
      <td class={kind}>{props.left ?? <NotPublished />}</td>
      <td class={kind}>{props.right ?? <NotPublished />}</td>
      {props.difference !== undefined && <td class="difference">{props.difference}</td>}
    </tr>
  );
}

// A row of two figures and their difference.
export function DifferenceRow(props: {
  name: ComponentChildren;
  of: DifferencePartsFragment | null | undefined;
  titles: Titles;
  // The text to show without data.
  otherwise?: string;
  // What each side's figure is, where the sides differ.
  labels?: Titles | undefined;
  repeated?: boolean;
}) {
  const { of, labels, name, repeated } = props;
  if (!of) {
    return <Row {...{ name, repeated }} left={null} right={null} difference={props.otherwise ?? 'not available'} />;
  }
  return (
    <Row
      figures
      {...{ name, repeated }}
      left={<SideFigure of={of} side="left" label={labels?.left} />}
      right={<SideFigure of={of} side="right" label={labels?.right} />}
      difference={<Difference of={of} titles={props.titles} />}
    />
  );
}

const leastPercentInTimes = 1000;

// The left figure relative to the right one: a percentage, or a multiple if it is large.
const relative = (percent: number): string =>
  percent > leastPercentInTimes ? `${count(Math.floor(1 + percent / 100))} times` : signedPercent(percent);

// How far the left figure is above the right one, and how certain that is.
export function Difference({ of, titles }: { of: DifferencePartsFragment; titles: Titles }) {
  const { absolute, percent, higher, confidence, unit } = of;
  return (
    <div class={`gap ${higher?.toLowerCase() ?? ''}`}>
      {absolute !== null && (
        <b>
          {formatDifference(absolute, unit)}
          {percent !== null && absolute !== 0 && ` (${relative(percent)})`}
        </b>
      )}
      <small title={of.explanation.note}>
        {notCompared(of) ?? verdictText(higher, of.verdict, titles)}
        {confidence && (
          <>
            ; {confidence.level}% interval <span class="whole">{formatDifference(confidence.low, unit)}</span> to{' '}
            <span class="whole">{formatDifference(confidence.high, unit)}</span>
          </>
        )}
      </small>
    </div>
  );
}
