import { type ComparedRoleFragment, GroupOccupationsDocument } from '../../generated/graphql';
import { nodesOf } from '../api/nodes-of';
import { loaded, useQuery } from '../api/use-query';
import { Section } from '../components/section';
import { shortGroupName } from '../format/names';
import { plural } from '../format/numbers';

// Other roles in the major groups of the two.
export function Browse({ left, right }: { left: ComparedRoleFragment; right: ComparedRoleFragment }) {
  const codes = [...new Set([left, right].map((role) => majorGroup(role.group.code)))];
  return (
    <>
      {codes.map((code) => (
        <Group key={code} code={code} left={left} />
      ))}
    </>
  );
}

// The first two digits of a SOC code name its major group.
function majorGroup(code: string): string {
  return `${code.slice(0, 2)}-0000`;
}

function Group({ code, left }: { code: string; left: ComparedRoleFragment }) {
  const query = useQuery(GroupOccupationsDocument, { code });
  const title = loaded(query)?.group?.title;
  return (
    <Section
      id={`browse-${code}`}
      title={title ? `Browse ${shortGroupName(title).toLowerCase()} jobs` : 'Browse this group'}
      {...query}
      part={(data) => data.group}
      empty="This occupation group is not in the database."
    >
      {({ occupations }) => (
        <>
          <ul class="columns">
            {nodesOf(occupations)
              .filter((role) => role.slug !== left.slug)
              .map((role) => (
                <li key={role.slug}>
                  <a
                    href={`/compare/${left.slug}/${role.slug}`}
                    aria-label={`Compare ${left.title} with ${role.title}`}
                  >
                    {role.title}
                  </a>
                </li>
              ))}
          </ul>
          {occupations?.pageInfo.hasNextPage && (
            <p class="ways">
              <a href={`/#group-${code}`}>All {plural(occupations.totalCount, 'role')} in this group</a>
            </p>
          )}
        </>
      )}
    </Section>
  );
}
