import { SeveralDocument, type SeveralQueryVariables } from '../../generated/graphql';
import { pageData } from '../api/page-data';
import { loaded, useQuery } from '../api/use-query';
import { WithContents } from '../components/contents';
import { Downloads } from '../components/downloads';
import { Notes } from '../components/notes';
import { useTitle } from '../components/render-page';
import { sides } from '../components/sides';
import { areaInSentence, titleFromSlug } from '../format/names';
import { type Address, addressOf } from './address';
import { Controls } from './controls';
import { Overview } from './overview';
import { PairLinks } from './pair-links';
import { PaySection } from './pay';
import { rolesOf } from './roles';

// Three or four roles side by side. Everything is in one document, which another
// area reloads. The server has answered it with the page.
//
// The address may name job titles. The slugs are those of their occupations.
export function Several(props: { address: Address; slugs: string[]; move: (part: Partial<Address>) => void }) {
  const { address, slugs, move } = props;
  const variables: SeveralQueryVariables = { roles: slugs.map((slug) => ({ slug })), area: address.area };
  const query = useQuery(SeveralDocument, variables);
  const data = loaded(query);
  const roles = data && rolesOf(data, slugs);
  const titles = roles ? roles.map(({ title }) => title) : slugs.map(titleFromSlug);
  const area = data?.wages?.area;
  useTitle(roles && area ? titleOf(titles, area) : null);
  return (
    <>
      <h1>
        {titles.map((title, place) => (
          <>
            {place > 0 && ' vs '}
            <span class={`${sides[place]} role`}>{title}</span>
          </>
        ))}
      </h1>
      <Notes of={pageData.leftOut} />
      <Notes />
      <Controls
        address={address}
        titles={roles ? titles : slugs.map(() => '')}
        areaName={area?.name ?? ''}
        move={move}
      />
      <Downloads path={addressOf({ roles: address.roles })} area={address.area} />
      <WithContents folds={false}>
        <PaySection {...query} slugs={slugs} />
        <Overview {...query} slugs={slugs} />
        <PairLinks slugs={slugs} titles={titles} area={address.area} />
      </WithContents>
    </>
  );
}

// The document's title, as page_previews.py has it.
function titleOf(titles: string[], area: { code: string; name: string }): string {
  const place = area.code === 'US' ? '' : ` in ${areaInSentence(area.name)}`;
  return `${titles.join(' vs ')}: pay${place}, jobs, growth`;
}
