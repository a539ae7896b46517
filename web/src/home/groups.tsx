import { useEffect, useRef, useState } from 'preact/hooks';
import {
  GroupOccupationsDocument,
  MajorGroupsDocument,
  type MajorGroupsQuery,
  type RoleFragment,
} from '../../generated/graphql';
import { useAnswer } from '../api/use-answer';
import { Section } from '../parts/section';
import { plural } from '../words/figures';

type Group = MajorGroupsQuery['groups'][number];
type Take = (role: RoleFragment) => void;

const variables = {};

// All occupations by what they belong to. A group's are fetched when it is opened.
export function Groups({ take }: { take: Take }) {
  const asked = useAnswer(MajorGroupsDocument, variables);
  return (
    <Section
      id="groups"
      title="Browse by group"
      document={MajorGroupsDocument}
      variables={variables}
      asked={asked}
      part={({ groups }) => (groups.length > 0 ? groups : null)}
      empty="No groups are stored here."
    >
      {(groups) => groups.map((group) => <Group key={group.code} of={group} take={take} />)}
    </Section>
  );
}

// The address's fragment opens a group: /#group-27-0000.
function Group({ of: { code, title, occupations }, take }: { of: Group; take: Take }) {
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
        {title.replace(/ Occupations$/, '')} <small class="quiet">{plural(occupations.totalCount, 'role')}</small>
      </summary>
      {open && (
        <ul class="columns">
          <Roles code={code} after={null} take={take} />
        </ul>
      )}
    </details>
  );
}

// One page of a group's roles, and then the next: a list may be longer than the
// hundred that one request gives.
function Roles({ code, after, take }: { code: string; after: string | null; take: Take }) {
  const asked = useAnswer(GroupOccupationsDocument, { code, after });
  if (asked.state === 'loading') return <li class="quiet">Loading…</li>;
  if (asked.state === 'failed') {
    return (
      <li class="failure">
        {asked.reason.message}{' '}
        <button type="button" onClick={asked.again}>
          Try again
        </button>
      </li>
    );
  }
  const page = asked.data.group?.occupations;
  return (
    <>
      {page?.nodes.map((role) => (
        <li key={role.slug}>
          <a href={`/occupation/${role.slug}`}>{role.title}</a>{' '}
          <button class="small" type="button" aria-label={`Compare ${role.title}`} onClick={() => take(role)}>
            Compare
          </button>
        </li>
      ))}
      {page?.pageInfo.hasNextPage && <Roles code={code} after={page.pageInfo.endCursor} take={take} />}
    </>
  );
}
