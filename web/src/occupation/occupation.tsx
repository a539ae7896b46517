import {
  OccupationHistoryDocument,
  OccupationOverviewDocument,
  type OccupationOverviewQueryVariables,
  OccupationPayDocument,
  OccupationPeopleDocument,
  OccupationPlacesDocument,
  OccupationSectorsDocument,
  OccupationTwoPlacesDocument,
  OccupationWorkDocument,
} from '../../generated/graphql';
import { loaded, useQuery } from '../api/use-query';
import { AreaPicker, OtherAreaPicker } from '../components/area-picker';
import { WithContents } from '../components/contents';
import { Downloads } from '../components/downloads';
import { Notes } from '../components/notes';
import { PricesSwitch } from '../components/prices-switch';
import { Share } from '../components/share';
import { titleFromSlug } from '../format/names';
import { type Address, addressOf } from './address';
import { AlternateTitles } from './alternate-titles';
import { Demographics } from './demographics';
import { Education } from './education';
import { History } from './history';
import { Interests } from './interests';
import { Overview } from './overview';
import { Pay } from './pay';
import { orderOf, Places } from './places';
import { Related } from './related';
import { Responsibilities } from './responsibilities';
import { Sectors } from './sectors';
import { Skills, Technologies } from './skills';
import { TwoPlaces } from './two-places';

// The whole page. Each group of sections has a document, and all documents are
// requested at once. Another area reloads only the wages.
//
// The address may name a job title. The role is the slug of its occupation.
export function Occupation(props: { address: Address; role: string; move: (part: Partial<Address>) => void }) {
  const { address, move } = props;
  const role = { slug: props.role };
  // The server has answered this document with the page.
  const one: OccupationOverviewQueryVariables = { by: role };
  const overview = useQuery(OccupationOverviewDocument, one);
  const pay = useQuery(OccupationPayDocument, { ...role, area: address.area });
  const both = { area: address.area, and: address.and };
  const twoPlaces = useQuery(OccupationTwoPlacesDocument, { ...role, ...both }, address.and !== '');
  const national = address.prices === 'national';
  const places = useQuery(OccupationPlacesDocument, { ...role, national, order: orderOf(address) });
  const sectors = useQuery(OccupationSectorsDocument, role);
  const history = useQuery(OccupationHistoryDocument, role);
  const people = useQuery(OccupationPeopleDocument, role);
  const work = useQuery(OccupationWorkDocument, role);

  const data = loaded(overview);
  return (
    <>
      <h1>{data?.occupation?.title ?? titleFromSlug(role.slug)}</h1>
      <Notes />
      <div class="controls">
        <a class="button" href={`/?${new URLSearchParams({ left: role.slug })}`}>
          Compare with another role
        </a>
        <a class="button" href="#area">
          Choose a place
        </a>
        <Share />
      </div>
      <WithContents>
        <Overview {...overview} />
        {/* Outside the section, so that the picker stays while the wages load. */}
        <div class="controls">
          <AreaPicker area={address.area} areaName={loaded(pay)?.area?.name ?? ''} move={(area) => move({ area })} />
          <OtherAreaPicker
            area={address.and}
            areaName={(address.and && loaded(twoPlaces)?.right?.name) || ''}
            move={(and) => move({ and })}
          />
        </div>
        {address.and && <TwoPlaces {...twoPlaces} />}
        <Pay {...pay} />
        <History {...history} />
        <div class="controls">
          <PricesSwitch of="the highest-paying places" prices={address.prices} move={move} />
        </div>
        <Places {...places} address={address} />
        <Sectors {...sectors} />
        <Education {...people} />
        <Demographics {...people} />
        <Responsibilities {...work} />
        <Skills {...work} />
        <Interests {...work} />
        <Technologies {...work} />
        <Related {...work} {...role} />
        <AlternateTitles {...work} />
        <Downloads path={addressOf({ slug: address.slug })} area={address.area} />
      </WithContents>
    </>
  );
}
