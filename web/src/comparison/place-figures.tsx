import type { Unit } from '../../generated/graphql';
import { type Gap, sideOf } from '../components/charts/gaps';
import { formatFigure } from '../format/numbers';
import { mayBeChance, significant, type Titles } from '../format/verdict';

// The figures of one place: both medians, the difference, and what the means say.
export function PlaceFigures(props: { of: Gap; unit: Unit; titles: Titles; link: string; close?: () => void }) {
  const { of, unit, titles, link, close } = props;
  return (
    <>
      <h4>{of.name}</h4>
      <dl>
        {(['left', 'right'] as const).map((side) => (
          <div key={side} class={side}>
            <dt class="role">{titles[side]}</dt>
            <dd>{formatFigure(of[side], unit)}</dd>
          </div>
        ))}
      </dl>
      <p>
        {of.gap === 0 ? (
          'The medians are the same.'
        ) : (
          <span class={`more ${sideOf(of.gap)}`}>{formatFigure(Math.abs(of.gap), unit)} more</span>
        )}
      </p>
      <p class="quiet">{certainty(of, unit, titles)}</p>
      <p>
        <a href={link}>Compare in {of.name}</a>
      </p>
      {close && (
        <button type="button" onClick={close}>
          Close
        </button>
      )}
    </>
  );
}

// Says what the test of the means makes of the medians' difference.
export function certainty({ gap, look, mean }: Gap, unit: Unit, titles: Titles): string {
  const tested = {
    SIGNIFICANT: significant,
    NOT_SIGNIFICANT: `not ${significant}`,
    NOT_TESTABLE: 'significance not testable',
  }[mean.verdict];
  if (look === 'DISAGREE') {
    const other = titles[sideOf(-gap)];
    const more = mean.gap === null ? 'higher' : `${formatFigure(Math.abs(mean.gap), unit)} higher`;
    return `Median and mean disagree: the mean is ${more} for ${other} (${tested}).`;
  }
  if (mean.verdict === 'NOT_SIGNIFICANT') return `The means’ difference is not ${significant}; it ${mayBeChance}.`;
  if (mean.verdict === 'NOT_TESTABLE') return 'The significance of the difference is not testable.';
  return look === 'SURE'
    ? `The mean is higher for the same role, ${significant}.`
    : `The means’ difference is ${significant}.`;
}
