// The playground opens with this query, so a first visitor sees a response after
// one click. The GraphQL mark lets schema tools find and check the query.
export const welcomeQuery = /* GraphQL */ `# Welcome to Rolegraph: two occupations compared.
#
# Press the play button to run this query.
# Then change a slug or a field: the editor
# suggests completions as you type. On the left,
# the book opens the schema documentation, and
# the question mark has more examples.

query Compare {
  comparison(
    left: {slug: "media-producer"}
    right: {slug: "media-production-specialist"}
  ) {
    summary
    salary {
      annualMean {
        left
        right
        absolute
        percent
        higher
        verdict
      }
      hourlyMean {
        absolute
      }
      rangeOverlap {
        low
        high
      }
    }
    demographics {
      gender {
        dissimilarity
      }
      race {
        dissimilarity
        leftSum
        rightSum
      }
      age {
        absolute
      }
    }
    skills {
      jaccard
      weightedJaccard
      shared {
        skill {
          name
        }
        left
        right
        points
      }
    }
  }
}
`;
