import { type RoleFragment, SearchRolesDocument, type SearchRolesQuery } from '../../generated/graphql';
import { fetchDocument } from '../api/fetch-document';
import { Combobox, type Suggestions } from './combobox';
import { recent, remember } from './recent';

type Match = NonNullable<SearchRolesQuery['search']>[number];

// A match with a lower score is only near. Of 558 labeled queries whose answer is found,
// 26 have no better match, and 19 of these have the answer in the first three. Of 49
// words that no title has, such as "nope" and "wizard", 13 match nothing and 19 nothing
// better. A limit of 0.65 would find 5 more, but also beginnings of words such as "rec".
const leastScore = 0.6;
const mostNear = 3;

interface RoleComboboxProps {
  id: string;
  label: string;
  placeholder: string;
  text: string;
  onChoose: (role: RoleFragment, clicked: boolean) => void;
  onClear?: () => void;
}

// Searches roles by title, alternate title or SOC code, and tolerates typos.
export function RoleCombobox({ onChoose, ...props }: RoleComboboxProps) {
  return (
    <Combobox<Match>
      {...props}
      named="title"
      search={searchRoles}
      keyOf={({ occupation, matchedTitle }) => occupation?.slug ?? matchedTitle}
      textOf={({ occupation, matchedTitle }) => occupation?.title ?? matchedTitle}
      show={(match) => <Suggestion {...match} />}
      isDisabled={({ occupation }) => !occupation}
      isExact={({ exact, ambiguous }) => exact && !ambiguous}
      recent={() => recent<Match>('roles')}
      nothing={
        <p>
          Try another name for the work, or <a href="/#groups">browse all roles by group</a>.
        </p>
      }
      onChoose={(match, clicked) => {
        if (!match.occupation) return;
        remember('roles', match, ({ occupation }) => occupation?.slug ?? '');
        onChoose(match.occupation, clicked);
      }}
    />
  );
}

function Suggestion({ occupation, matchedTitle, notCovered, score }: Match) {
  if (!occupation) {
    return (
      <>
        {matchedTitle} <small class="matched">{notCovered}</small>
      </>
    );
  }
  const { title, code } = occupation;
  // What is near has the title first that is near, not what it leads to.
  if (score < leastScore && matchedTitle !== title) {
    return (
      <>
        {matchedTitle} <small class="matched">{title}</small>
      </>
    );
  }
  return (
    <>
      {title} <small class="code">{code ?? 'job title'}</small>
      {matchedTitle !== title && <small class="matched">also called {matchedTitle}</small>}
    </>
  );
}

async function searchRoles(text: string, signal: AbortSignal): Promise<Suggestions<Match>> {
  const options = (await fetchDocument(SearchRolesDocument, { text }, signal)).data.search ?? [];
  // The score of a code's beginning is low, but it is no other code.
  const near = options.length > 0 && !/\d/.test(text) && options.every(({ score }) => score < leastScore);
  return near ? { options: options.filter(({ occupation }) => occupation).slice(0, mostNear), near } : { options };
}
