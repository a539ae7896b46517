type Figure = number | null | undefined;
type Nullable<T> = T | null | undefined;

interface Lead {
  readonly comparison: Nullable<{
    readonly left: { readonly title: string };
    readonly right: { readonly title: string };
    readonly salary: Nullable<{ readonly annualMean: { readonly left: Figure; readonly right: Figure } }>;
    readonly demographics: Nullable<{ readonly age: { readonly unit: string } }>;
  }>;
}

interface Pay {
  readonly comparison: Nullable<{
    readonly left: { readonly salary: Nullable<{ readonly source: { readonly release: Nullable<string> } }> };
    readonly salary: Nullable<{ readonly annualMean: { readonly absolute: Figure; readonly verdict: string } }>;
  }>;
}

interface People {
  readonly comparison: Nullable<{
    readonly demographics: Nullable<{
      readonly age: { readonly left: Figure; readonly right: Figure; readonly leftMeasure: string };
    }>;
  }>;
}

interface Occupations {
  readonly occupations: Nullable<{
    readonly edges: readonly {
      readonly node: {
        readonly title: string;
        readonly salary: Nullable<{ readonly annual: Nullable<{ readonly mean: Figure }> }>;
      };
    }[];
  }>;
}

const dollars = (amount: Figure) => (amount == null ? 'not published' : `$${amount.toLocaleString('en-US')}`);

// Prints the three sections of a comparison.
export function printComparison(lead: Lead, pay: Pay, people: People) {
  const left = lead.comparison?.left.title;
  const right = lead.comparison?.right.title;
  console.log(`${left} and ${right}`);
  const mean = lead.comparison?.salary?.annualMean;
  const difference = pay.comparison?.salary?.annualMean;
  console.log(`Mean pay: ${dollars(mean?.left)} and ${dollars(mean?.right)}`);
  console.log(`Difference: ${dollars(difference?.absolute)}, ${difference?.verdict}`);
  console.log(`Wages of ${pay.comparison?.left.salary?.source.release}`);
  const age = people.comparison?.demographics?.age;
  console.log(`${age?.leftMeasure}: ${age?.left} and ${age?.right} ${lead.comparison?.demographics?.age.unit}`);
}

// Prints a list of occupations.
export function printOccupations({ occupations }: Occupations) {
  for (const { node } of occupations?.edges ?? []) {
    console.log(`${node.title}: ${dollars(node.salary?.annual?.mean)}`);
  }
}
