import {
  createOperationDescriptor,
  fetchQuery,
  getRequest,
  graphql,
  type GraphQLTaggedNode,
  type OperationType,
} from 'relay-runtime';
import { waitForFragmentData } from 'relay-runtime/experimental';
import { printComparison, printOccupations } from '../report';
import { leftCode, Requests, rightCode, url } from '../requests';
import { newEnvironment } from './environment';
import ListNext, { type exampleListNextQuery } from './__generated__/exampleListNextQuery.graphql';
import type { exampleLeadQuery } from './__generated__/exampleLeadQuery.graphql';
import type { example_list$key } from './__generated__/example_list.graphql';
import type { exampleListQuery } from './__generated__/exampleListQuery.graphql';
import type { examplePayQuery } from './__generated__/examplePayQuery.graphql';
import type { examplePeopleQuery } from './__generated__/examplePeopleQuery.graphql';

// The compiler adds the ids.
const Lead = graphql`
  query exampleLeadQuery($left: OccupationKey!, $right: OccupationKey!) {
    comparison(left: $left, right: $right) {
      left { title }
      right { title }
      salary {
        annualMean { left right missing { figure } }
      }
      demographics {
        age { unit }
      }
    }
  }
`;
const Pay = graphql`
  query examplePayQuery($left: OccupationKey!, $right: OccupationKey!) {
    comparison(left: $left, right: $right) {
      left { salary { source { release retrieved } } }
      salary {
        annualMean { absolute verdict missing { reason } }
        percentiles { percentile difference { absolute } }
      }
    }
  }
`;
const People = graphql`
  query examplePeopleQuery($left: OccupationKey!, $right: OccupationKey!) {
    comparison(left: $left, right: $right) {
      left { demographics { sources { name url } } }
      demographics {
        age { left right leftMeasure }
        gender { shares { name left right } }
      }
    }
  }
`;

// A list in pages. @refetchable writes the query of the next page.
const List = graphql`
  query exampleListQuery {
    ...example_list
  }
`;
const listFragment = graphql`
  fragment example_list on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 3 }, after: { type: "String" })
  @refetchable(queryName: "exampleListNextQuery") {
    occupations(orderBy: { field: MEAN_WAGE, direction: DESC }, first: $first, after: $after)
      @connection(key: "example_occupations") {
      edges { node { title salary { annual { mean } } } }
      pageInfo { endCursor }
    }
  }
`;

const requests = new Requests();
const environment = newEnvironment(url, requests.fetch);

// Watches a query, as useLazyLoadQuery does, and returns its data.
async function watch<Query extends OperationType>(
  query: GraphQLTaggedNode,
  variables: Query['variables'],
): Promise<Query['response']> {
  const operation = createOperationDescriptor(getRequest(query), variables);
  environment.retain(operation);
  await fetchQuery<Query>(environment, query, variables, { fetchPolicy: 'store-or-network' }).toPromise();
  const snapshot = environment.lookup(operation.fragment);
  environment.subscribe(snapshot, () => {});
  if (snapshot.isMissingData) throw new Error('The store lacks data');
  return snapshot.data as Query['response'];
}

// Opens a page of three sections, all at once.
async function openPage() {
  const variables = { left: { code: leftCode }, right: { code: rightCode } };
  const sections = await Promise.all([
    watch<exampleLeadQuery>(Lead, variables),
    watch<examplePayQuery>(Pay, variables),
    watch<examplePeopleQuery>(People, variables),
  ]);
  await requests.settle();
  return sections;
}

async function main() {
  printComparison(...(await openPage()));
  console.log(`Requests: ${requests.count}`);
  await openPage();
  console.log(`Requests after opening the page again: ${requests.count}`);

  const list = await watch<exampleListQuery>(List, {});
  const { occupations } = await waitForFragmentData<example_list$key>(environment, listFragment, list);
  // The next page joins the first one in the store.
  const next = { first: 3, after: occupations?.pageInfo.endCursor };
  await fetchQuery<exampleListNextQuery>(environment, ListNext, next).toPromise();
  printOccupations(await waitForFragmentData<example_list$key>(environment, listFragment, list));
  await requests.settle();
  console.log(`Requests with two pages of a list: ${requests.count}`);
}

void main();
