import {
  OccupationOverviewDocument,
  OccupationPayDocument,
  OccupationPeopleDocument,
  OccupationPlacesDocument,
  OccupationWorkDocument,
} from '../../generated/graphql';
import { useAnswer } from '../api/use-answer';
import { fromSlug } from '../words/names';
import type { Address } from './address';
import { Demographics } from './demographics';
import { Education } from './education';
import { AlternateTitles, Related } from './names';
import { NotFound } from './not-found';
import { Overview } from './overview';
import { Pay, PayControls } from './pay';
import { Places } from './places';
import { Responsibilities } from './responsibilities';
import { Sectors } from './sectors';
import { Skills, Technologies } from './skills';

// The whole page. Each section group is one document, and all are asked at
// once; only what is paid is asked anew when another area is picked.
export function Occupation({ address, move }: { address: Address; move: (area: string) => void }) {
  const of = { slug: address.slug };
  const overview = {
    document: OccupationOverviewDocument,
    variables: of,
    asked: useAnswer(OccupationOverviewDocument, of),
  };
  const pay = { document: OccupationPayDocument, variables: address, asked: useAnswer(OccupationPayDocument, address) };
  const places = { document: OccupationPlacesDocument, variables: of, asked: useAnswer(OccupationPlacesDocument, of) };
  const people = { document: OccupationPeopleDocument, variables: of, asked: useAnswer(OccupationPeopleDocument, of) };
  const work = { document: OccupationWorkDocument, variables: of, asked: useAnswer(OccupationWorkDocument, of) };

  const answer = overview.asked.state === 'answered' ? overview.asked.data : null;
  if (answer && !answer.occupation) return <NotFound slug={address.slug} />;
  return (
    <>
      <h1>{answer?.occupation?.title ?? fromSlug(address.slug)}</h1>
      <div class="controls">
        <a class="button" href={`/?${new URLSearchParams({ left: address.slug })}`}>
          Compare with another role
        </a>
      </div>
      <Overview {...overview} />
      <PayControls address={address} asked={pay.asked} move={move} />
      <Pay {...pay} />
      <Places {...places} slug={address.slug} />
      <Sectors {...places} />
      <Education {...people} />
      <Demographics {...people} />
      <Responsibilities {...work} />
      <Skills {...work} />
      <Technologies {...work} />
      <Related {...work} slug={address.slug} />
      <AlternateTitles {...work} />
    </>
  );
}
