import type { GraphQLError } from '../api/fetch-document';
import { Notes, problem } from '../components/notes';
import { type Address, addressOf } from './address';

// Says what the address has that does not exist, and offers a way out.
export function NotFound({ address, errors }: { address: Address; errors: GraphQLError[] }) {
  const badArea = errors.some((error) => error.extensions.argument === 'area');
  return (
    <section aria-labelledby="not-found">
      <h1 id="not-found">Comparison not found</h1>
      <p>{problem()}</p>
      <Notes />
      <p>
        {badArea ? (
          <a href={addressOf({ ...address, area: 'US' })}>Compare nationwide</a>
        ) : (
          <a href="/">Search for a role</a>
        )}
      </p>
    </section>
  );
}
