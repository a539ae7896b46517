import { type ComparedRoleFragment, GroupOccupationsDocument } from '../../generated/graphql';
import { useAnswer } from '../api/use-answer';
import { Section } from '../parts/section';
import { plural } from '../words/figures';

// Other roles of the major group that the two are in, or of both groups.
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

// The first two digits of a SOC code are its major group's.
function majorGroup(code: string): string {
  return `${code.slice(0, 2)}-0000`;
}

function Group({ code, left }: { code: string; left: ComparedRoleFragment }) {
  const variables = { code };
  const asked = useAnswer(GroupOccupationsDocument, variables);
  const title = asked.state === 'answered' ? asked.data.group?.title : null;
  return (
    <Section
      id={`browse-${code}`}
      title={title ? `Browse ${title.replace(/ Occupations$/, '').toLowerCase()} jobs` : 'Browse the group'}
      document={GroupOccupationsDocument}
      variables={variables}
      asked={asked}
      part={(data) => data.group}
      empty="This group is not among the stored ones."
    >
      {({ occupations }) => (
        <>
          <ul class="columns">
            {occupations.nodes
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
          {occupations.pageInfo.hasNextPage && (
            <p>
              <a href={`/#group-${code}`}>All {plural(occupations.totalCount, 'role')} of this group</a>
            </p>
          )}
        </>
      )}
    </Section>
  );
}
