import { useEffect, useRef, useState } from 'preact/hooks';
import {
  GroupOccupationsDocument,
  MajorGroupsDocument,
  type MajorGroupsQuery,
  type RoleFragment,
} from '../../generated/graphql';
import { useQuery } from '../api/use-query';
import { Section } from '../components/section';
import { shortGroupName } from '../format/names';
import { plural } from '../format/numbers';

type Group = NonNullable<MajorGroupsQuery['groups']>[number];
type Add = (role: RoleFragment) => void;

const variables = {};

// All occupations by major group. A group's roles load when it opens.
export function Groups({ add }: { add: Add }) {
  const query = useQuery(MajorGroupsDocument, variables);
  return (
    <Section
      id="groups"
      title="Browse by group"
      {...query}
      part={({ groups }) => (groups?.length ? groups : null)}
      empty="No occupation groups in the database."
    >
      {(groups) => groups.map((group) => <Group key={group.code} of={group} add={add} />)}
    </Section>
  );
}

// The fragment of the address opens a group: /#group-27-0000.
function Group({ of: { code, title, occupations }, add }: { of: Group; add: Add }) {
  const id = `group-${code}`;
  const [open, setOpen] = useState(false);
  const element = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const follow = () => {
      if (window.location.hash !== `#${id}`) return;
      setOpen(true);
      element.current?.scrollIntoView();
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [id]);
  return (
    <details id={id} class="group" ref={element} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {shortGroupName(title)} <small class="quiet">{plural(occupations?.totalCount ?? 0, 'role')}</small>
      </summary>
      {open && (
        <ul class="columns">
          <Roles code={code} after={null} add={add} />
        </ul>
      )}
    </details>
  );
}

// One page of a group's roles, then the next pages: a request returns at most 100.
function Roles({ code, after, add }: { code: string; after: string | null; add: Add }) {
  const { state } = useQuery(GroupOccupationsDocument, { code, after });
  if (state.status === 'loading') return <li class="quiet">Loading…</li>;
  if (state.status === 'failed') {
    return (
      <li class="failure">
        {state.error.message}{' '}
        <button type="button" onClick={state.retry}>
          Try again
        </button>
      </li>
    );
  }
  const page = state.data.group?.occupations;
  return (
    <>
      {page?.nodes.map((role) => (
        <li key={role.slug}>
          <a href={`/occupation/${role.slug}`}>{role.title}</a>{' '}
          <button class="small" type="button" aria-label={`Compare ${role.title}`} onClick={() => add(role)}>
            Compare
          </button>
        </li>
      ))}
      {page?.pageInfo.hasNextPage && <Roles code={code} after={page.pageInfo.endCursor} add={add} />}
    </>
  );
}
