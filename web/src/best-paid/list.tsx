import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import {
  BestPaidDocument,
  type BestPaidQuery,
  type BestPaidQueryVariables,
  BestPaidTiesDocument,
  type BestPaidUnrankedQuery,
  type MissingPartsFragment,
  type PaidOccupationFragment,
  type Unit,
} from '../../generated/graphql';
import { loaded, useQuery } from '../api/use-query';
import { NotPublished, PublishedFigure } from '../components/published-figure';
import { type QueryOf, Section } from '../components/section';
import { oewsScope } from '../format/labels';
import { plural, signedPercent } from '../format/numbers';
import { addressOf as occupationAddress } from '../occupation/address';
import { type Address, addressOf, beginning, orders } from './address';
import { HourlyOnly, TopCoded } from './unranked';

type Page = NonNullable<BestPaidQuery['occupations']>;

interface Block {
  address: Address;
  variables: BestPaidQueryVariables;
  of: Page;
  // The place of the first row.
  start: number;
}

// The occupations in order, 20 at a time.
export function List(
  props: QueryOf<typeof BestPaidDocument> & {
    address: Address;
    heading: string;
    // The occupations that the order cannot place; null until they have loaded.
    unranked: BestPaidUnrankedQuery | null;
  },
) {
  const { address, heading, unranked, ...query } = props;
  return (
    <Section
      id="list"
      title={`By ${orders[address.order].label.toLowerCase()}`}
      {...query}
      part={({ occupations }) => (occupations && occupations.totalCount > 0 ? occupations : null)}
      empty="No occupation has published figures for this choice."
    >
      {(page) => (
        <>
          {address.after && (
            <p class="ways">
              <a href={addressOf({ ...address, ...beginning })}>Start at the first place</a>
            </p>
          )}
          {unranked && <TopCoded of={unranked} area={address.area} />}
          <div class="table">
            <table class={`ranked figures best-paid by-${address.order}`}>
              <caption class="unseen">{heading}</caption>
              <thead>
                <tr>
                  <th scope="col">
                    <span class="unseen">Place</span>
                  </th>
                  <th scope="col">Occupation</th>
                  <th scope="col">Mean</th>
                  {address.order === 'mean' && <th scope="col">Ties</th>}
                  <th scope="col">Median</th>
                  <th scope="col">Mean hourly</th>
                  <th scope="col">Jobs</th>
                  <th scope="col">Growth</th>
                </tr>
              </thead>
              <Rows address={address} variables={query.variables} of={page} start={address.from} />
            </table>
          </div>
          {unranked && <HourlyOnly of={unranked} area={address.area} />}
          <p class="quiet">
            {plural(page.totalCount, 'occupation')} in this list. {oewsScope} Growth is projected for the whole nation.
            {address.order === 'mean' &&
              ' Ties are the places whose means do not differ significantly from this one, among 20 occupations at a time.'}
          </p>
        </>
      )}
    </Section>
  );
}

// A block of rows, and once the visitor asks for it the next one.
function Rows(block: Block) {
  const { address, variables, of, start } = block;
  const [more, setMore] = useState(false);
  const { hasNextPage, endCursor } = of.pageInfo;
  const following = addressOf({ ...address, after: endCursor ?? '', from: start + of.nodes.length });
  // Without scripts it is a page of its own, as in a new tab.
  const show = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setMore(true);
  };
  return (
    <>
      {address.order === 'mean' && of.nodes.length > 1 ? (
        <TiedRows {...block} />
      ) : (
        <PlainRows {...block} ties={new Map()} />
      )}
      {hasNextPage && !more && (
        <Message>
          <a class="button" rel="next" href={following} onClick={show}>
            Next 20
          </a>
        </Message>
      )}
      {hasNextPage && more && (
        <NextRows address={address} variables={{ ...variables, after: endCursor }} start={start + of.nodes.length} />
      )}
    </>
  );
}

function NextRows(props: Omit<Block, 'of'>) {
  const { state } = useQuery(BestPaidDocument, props.variables);
  if (state.status === 'loading') return <Message>Loading…</Message>;
  if (state.status === 'failed') {
    return (
      <Message>
        <span class="failure">{state.error.message}</span>{' '}
        <button type="button" onClick={state.retry}>
          Try again
        </button>
      </Message>
    );
  }
  return state.data.occupations && <Rows {...props} of={state.data.occupations} />;
}

// Without their ties until these have loaded.
function TiedRows(block: Block) {
  const { area, industry } = block.variables;
  const occupations = block.of.nodes.map(({ slug }) => ({ slug }));
  const ranking = loaded(useQuery(BestPaidTiesDocument, { area, industry, occupations }))?.ranking;
  const places = new Map(occupations.map(({ slug }, index) => [slug, block.start + index]));
  const placesOf = (tied: { slug: string }[]) => tied.map(({ slug }) => places.get(slug) ?? 0);
  const ties = ranking?.entries.map((entry) => [entry.occupation.slug, placesOf(entry.tiedWith)] as const);
  return <PlainRows {...block} ties={ties && new Map(ties)} />;
}

function PlainRows({ address, of, start, ties }: Block & { ties: Map<string, number[]> | undefined }) {
  return (
    <tbody>
      {of.nodes.map((occupation, index) => (
        <Row
          key={occupation.slug}
          of={occupation}
          place={start + index}
          address={address}
          ties={ties && (ties.get(occupation.slug) ?? [])}
        />
      ))}
    </tbody>
  );
}

function Row(props: { of: PaidOccupationFragment; place: number; address: Address; ties: number[] | undefined }) {
  const { of, place, address, ties } = props;
  const { slug, title, salary, education, outlook } = of;
  const figure = (value: number | null | undefined, unit: Unit, name: string) => (
    <PublishedFigure value={value ?? null} unit={unit} missing={missingOf(salary?.missing, name)} />
  );
  const growth = outlook?.growthPercent ?? null;
  return (
    <tr>
      <td class="place">{place}</td>
      <th scope="row">
        <a href={occupationAddress({ slug, area: address.area })}>{title}</a>
        {!address.education && education?.typicalEntry && <small>{education.typicalEntry}</small>}
      </th>
      <td data-name="Mean">{figure(salary?.annual?.mean, 'DOLLARS_PER_YEAR', 'annual.mean')}</td>
      {address.order === 'mean' && (
        <td data-name="Ties" class="ties">
          {ties ? tiesText(ties) : '…'}
        </td>
      )}
      <td data-name="Median">{figure(salary?.annual?.median, 'DOLLARS_PER_YEAR', 'annual.median')}</td>
      <td data-name="Mean hourly">{figure(salary?.hourly?.mean, 'DOLLARS_PER_HOUR', 'hourly.mean')}</td>
      <td data-name="Jobs">{figure(salary?.employment, 'WAGE_AND_SALARY_JOBS', 'employment')}</td>
      <td data-name="Growth">{growth === null ? <NotPublished /> : signedPercent(growth)}</td>
    </tr>
  );
}

const missingOf = (missing: MissingPartsFragment[] | undefined, figure: string) =>
  missing?.find((one) => one.figure === figure);

// Returns the places of the ties: "4, 6–9".
export function tiesText(ties: number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const place of ties.toSorted((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run && run[1] === place - 1) run[1] = place;
    else runs.push([place, place]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(', ') || 'none';
}

function Message({ children }: { children: ComponentChildren }) {
  return (
    <tbody>
      <tr>
        <td colSpan={8}>{children}</td>
      </tr>
    </tbody>
  );
}
