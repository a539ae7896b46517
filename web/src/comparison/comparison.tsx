import {
  CompareHistoryDocument,
  CompareOverviewDocument,
  ComparePayDocument,
  ComparePeopleDocument,
  ComparePlacesDocument,
  CompareWorkDocument,
} from '../../generated/graphql';
import { pageData } from '../api/page-data';
import { isBusy, loaded, useLast, useQuery } from '../api/use-query';
import { AddRole } from '../components/add-role';
import { WithContents } from '../components/contents';
import { Downloads } from '../components/downloads';
import { Notes } from '../components/notes';
import { PricesSwitch } from '../components/prices-switch';
import { useTitle } from '../components/render-page';
import { areaInSentence, titleFromSlug } from '../format/names';
import type { Titles } from '../format/verdict';
import { type Address, addressOf, keyOf } from './address';
import { Browse } from './browse';
import { Demographics } from './demographics';
import { Education } from './education';
import { History } from './history';
import { Interests } from './interests';
import { Matchup } from './matchup';
import { Overview, Roles, Summary } from './overview';
import { Pay } from './pay';
import { Places } from './places';
import { Responsibilities } from './responsibilities';
import { Skills } from './skills';
import { Verdict } from './verdict';

// The whole page. Each group of sections has a document, and all documents are
// requested at once. Another area reloads only the documents that depend on it.
//
// The address may name job titles. The roles are the slugs of their occupations.
// The server has answered the overview's document with the page.
export function Comparison(props: {
  address: Address;
  roles: { left: string; right: string };
  move: (part: Partial<Address>, replace?: boolean) => void;
}) {
  const { address, roles, move } = props;
  const place = { ...roles, area: address.area };
  // The first screen stays while the figures of another area load.
  const overview = useLast(
    useQuery(CompareOverviewDocument, {
      left: keyOf('left', roles.left),
      right: keyOf('right', roles.right),
      area: address.area,
    }),
  );
  const national = address.prices === 'national';
  const pay = useQuery(ComparePayDocument, { ...place, national });
  const history = useQuery(CompareHistoryDocument, roles);
  const places = useQuery(ComparePlacesDocument, roles);
  const people = useQuery(ComparePeopleDocument, roles);
  const work = useQuery(CompareWorkDocument, roles);

  const compared = loaded(overview)?.comparison;
  const titles = compared
    ? { left: compared.left.title, right: compared.right.title }
    : { left: titleFromSlug(roles.left), right: titleFromSlug(roles.right) };
  useTitle(compared ? titleOf(titles, compared.area) : null);
  const same = roles.left === roles.right;
  return (
    <>
      <Matchup
        address={address}
        titles={titles}
        asked={{ left: compared?.leftTitle?.title, right: compared?.rightTitle?.title }}
        areaName={compared && !isBusy(overview.state) ? compared.area.name : ''}
        move={move}
      />
      <Notes of={pageData.leftOut} />
      {!same && (
        <>
          <Verdict {...overview} titles={titles} offer={address} />
          <Downloads path={addressOf({ left: address.left, right: address.right })} area={address.area} />
          <AddRole roles={[address.left, address.right]} titles={[titles.left, titles.right]} area={address.area} />
        </>
      )}
      <Notes />
      {same ? (
        <>
          <Summary {...overview} />
          <p>
            All figures are on the page <a href={`/occupation/${roles.left}`}>{titles.left}</a>.
          </p>
          {compared && <Browse left={compared.left} right={compared.right} />}
        </>
      ) : (
        <WithContents>
          <Summary {...overview} />
          <Overview {...overview} titles={titles} />
          <Roles {...overview} />
          <div class="controls">
            <PricesSwitch of="places, and an offer," prices={address.prices} move={move} />
          </div>
          <Pay {...pay} titles={titles} choices={{ offer: address.offer, per: address.per, national, move }} />
          <History {...history} titles={titles} />
          <Places {...places} titles={titles} address={address} move={move} />
          <Education {...people} titles={titles} />
          <Demographics {...people} titles={titles} />
          <Responsibilities {...work} titles={titles} />
          <Skills {...work} titles={titles} />
          <Interests {...work} titles={titles} />
          {compared && <Browse left={compared.left} right={compared.right} />}
        </WithContents>
      )}
    </>
  );
}

// The document's title, as page_previews.py has it.
function titleOf({ left, right }: Titles, area: { code: string; name: string }): string {
  const place = area.code === 'US' ? '' : ` in ${areaInSentence(area.name)}`;
  return `${left} vs ${right}: pay${place}, jobs, skills`;
}
