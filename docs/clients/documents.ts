import { graphql } from './graphql.js';

// Three sections of one page, each with a document of its own. They request parts of the same objects: everything with an id
// is requested with it, so that caches can tell objects apart.

export const Lead = graphql(`
  query Lead($left: OccupationKey!, $right: OccupationKey!) {
    comparison(left: $left, right: $right) {
      id
      left { id title }
      right { id title }
      summary
      salary {
        annualMean { left right missing { figure } }
      }
      demographics {
        age { unit }
      }
    }
  }
`);

export const Pay = graphql(`
  query Pay($left: OccupationKey!, $right: OccupationKey!) {
    comparison(left: $left, right: $right) {
      id
      left { id code salary { annual { median } source { id release retrieved } } }
      right { id code salary { annual { median } source { id release retrieved } } }
      salary {
        annualMean { absolute verdict missing { reason } }
        percentiles { percentile difference { absolute } }
      }
    }
  }
`);

export const People = graphql(`
  query People($left: OccupationKey!, $right: OccupationKey!) {
    comparison(left: $left, right: $right) {
      id
      left { id demographics { sources { id name url } } }
      right { id demographics { sources { id name url } } }
      demographics {
        age { left right leftMeasure }
        gender { shares { name left right } }
      }
    }
  }
`);

// A list in pages.
export const BestPaid = graphql(`
  query BestPaid($first: Int!, $after: String) {
    occupations(orderBy: { field: MEAN_WAGE, direction: DESC }, first: $first, after: $after) {
      edges { node { id title salary { annual { mean } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);
