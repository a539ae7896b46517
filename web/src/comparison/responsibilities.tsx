import type { CompareWorkDocument, CompareWorkQuery, WorkFragment } from '../../generated/graphql';
import { nodesOf } from '../api/nodes-of';
import { RoleTable, Row } from '../components/difference-table';
import { type QueryOf, Section } from '../components/section';
import { ShowMore } from '../components/show-more';
import { responsibilitiesAnswer } from '../format/answers';
import { count, plural } from '../format/numbers';
import type { Titles } from '../format/verdict';
import { type Activity, grouped } from './activities';

type Compared = NonNullable<CompareWorkQuery['comparison']>['responsibilities'];

export function Responsibilities({ titles, ...query }: QueryOf<typeof CompareWorkDocument> & { titles: Titles }) {
  return (
    <Section
      id="responsibilities"
      title="Responsibilities"
      {...query}
      part={(data) => data.comparison}
      answer={({ responsibilities }) => responsibilitiesAnswer(responsibilities)}
      cites={({ left, right }) => [left.cited, right.cited]}
      empty="No responsibilities of these two roles."
    >
      {({ left, right, responsibilities }) => (
        <>
          <div class="pair">
            <Duties of={left} side="left" title={titles.left} />
            <Duties of={right} side="right" title={titles.right} />
          </div>
          <Activities of={responsibilities} titles={titles} />
        </>
      )}
    </Section>
  );
}

function Duties({ of, side, title }: { of: WorkFragment; side: 'left' | 'right'; title: string }) {
  return (
    <div>
      <h3 class={`${side} role`}>{title}</h3>
      <ShowMore of={nodesOf(of.responsibilities)} first={4} what={`responsibilities of ${title}`}>
        {(shown) => <Texts of={shown.map(text)} />}
      </ShowMore>
    </div>
  );
}

// What both roles do and what only one does. Job titles have no work activities, so
// nothing can be said about a pair with one of them.
function Activities({ of: { shared, onlyLeft, onlyRight }, titles }: { of: Compared; titles: Titles }) {
  if (shared.length === 0 && (onlyLeft.length === 0 || onlyRight.length === 0)) return null;
  return (
    <>
      <h3>By work activity</h3>
      <p>
        {shared.length === 0
          ? 'The two roles have no work activity in common.'
          : `The two roles have ${plural(shared.length, 'work activity', 'work activities')} in common.`}{' '}
        <span class="quiet">
          The activities are O*NET’s. Each role lists its main responsibilities; its people may do more.
        </span>
      </p>
      {shared.length > 0 && (
        <ShowMore of={shared} first={4} what="work activities of both">
          {(shown) => (
            <RoleTable caption="What both do" titles={titles} difference={false} words>
              {shown.map(({ activity, left, right }) => (
                <Row
                  key={activity}
                  name={activity}
                  left={<Texts of={left.map(text)} />}
                  right={<Texts of={right.map(text)} />}
                />
              ))}
            </RoleTable>
          )}
        </ShowMore>
      )}
      <div class="pair">
        <Only
          of={onlyLeft.map(({ activity, left }) => ({ activity, responsibilities: left.map(text) }))}
          alreadyShown={shared.flatMap(({ left }) => left.map(text))}
          side="left"
          title={titles.left}
        />
        <Only
          of={onlyRight.map(({ activity, right }) => ({ activity, responsibilities: right.map(text) }))}
          alreadyShown={shared.flatMap(({ right }) => right.map(text))}
          side="right"
          title={titles.right}
        />
      </div>
    </>
  );
}

function Only(props: { of: Activity[]; alreadyShown: string[]; side: 'left' | 'right'; title: string }) {
  const { of, side, title } = props;
  if (of.length === 0) return null;
  return (
    <div>
      <h4 class={`${side} role`}>
        Only {title} ({count(of.length)})
      </h4>
      <ShowMore of={grouped(of, props.alreadyShown)} first={3} what={`work activities of only ${title}`}>
        {(shown) => (
          <dl class="activities">
            {shown.map(({ activity, responsibilities, also }) => (
              <div key={activity}>
                <dt>{activity}</dt>
                {responsibilities.map((responsibility) => (
                  <dd key={responsibility}>{responsibility}</dd>
                ))}
                {also.length > 0 && <dd class="also">Also: {also.join('; ')}</dd>}
              </div>
            ))}
          </dl>
        )}
      </ShowMore>
    </div>
  );
}

function Texts({ of }: { of: string[] }) {
  return (
    <ul class="duties">
      {of.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}

const text = (of: { text: string }): string => of.text;
