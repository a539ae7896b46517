import { type RoleFragment, SearchRolesDocument, type SearchRolesQuery } from '../../generated/graphql';
import { fetchDocument } from '../api/fetch-document';
import { Combobox } from './combobox';
import { recent, remember } from './recent';

type Match = NonNullable<SearchRolesQuery['search']>[number];

interface RoleComboboxProps {
  id: string;
  label: string;
  placeholder: string;
  text: string;
  onChoose: (role: RoleFragment) => void;
  onClear?: () => void;
}

// Searches roles by title, alternate title or SOC code, and tolerates typos.
export function RoleCombobox({ onChoose, ...props }: RoleComboboxProps) {
  return (
    <Combobox<Match>
      {...props}
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
      onChoose={(match) => {
        if (!match.occupation) return;
        remember('roles', match, ({ occupation }) => occupation?.slug ?? '');
        onChoose(match.occupation);
      }}
    />
  );
}

function Suggestion({ occupation, matchedTitle, notCovered }: Match) {
  if (!occupation) {
    return (
      <>
        {matchedTitle} <small class="matched">{notCovered}</small>
      </>
    );
  }
  const { title, code } = occupation;
  return (
    <>
      {title} <small class="code">{code ?? 'job title'}</small>
      {matchedTitle !== title && <small class="matched">also called {matchedTitle}</small>}
    </>
  );
}

async function searchRoles(text: string, signal: AbortSignal): Promise<Match[]> {
  return (await fetchDocument(SearchRolesDocument, { text }, signal)).data.search ?? [];
}
