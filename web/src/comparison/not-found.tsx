import type { GraphQLProblem } from '../api/ask';
import { type Address, addressOf } from './address';

// Says what there is none of, in the server's words, and where to go instead.
export function NotFound({ address, problems }: { address: Address; problems: GraphQLProblem[] }) {
  const badArea = problems.some((problem) => problem.extensions.argument === 'area');
  return (
    <section aria-labelledby="nothing">
      <h1 id="nothing">Nothing to compare here</h1>
      {problems.map((problem) => (
        <p key={problem.message}>{problem.message}</p>
      ))}
      <p>
        {badArea ? (
          <a href={addressOf({ ...address, area: 'US' })}>Compare the two in the whole United States</a>
        ) : (
          <a href="/">Look for the roles that you mean</a>
        )}
      </p>
    </section>
  );
}
