// The playground opens with this query, so that a first visitor needs one click
// to see an answer. The GraphQL mark lets the schema tools find it and check it
// against the running server.
export const welcomeQuery = /* GraphQL */ `# Welcome to Rolegraph: two occupations compared.
#
# Press the play button to run this query.
# Then change a slug, or a field: the editor
# suggests what fits as you type. The book on
# the left opens the schema's documentation.

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
