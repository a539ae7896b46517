import { addressOf } from '../best-paid/address';
import { areaInSentence } from '../format/names';

// Says where wages are from, with the way to the place's best-paid occupations.
export function WagesIn({ area }: { area: { code: string; name: string } }) {
  return (
    <p class="quiet">
      Wages in {areaInSentence(area.name)}.{' '}
      <a href={addressOf({ area: area.code })}>Best-paid occupations in {areaInSentence(area.name)}</a>
    </p>
  );
}
