import type { GraphQLError } from '../api/fetch-document';
import { Notes } from '../components/notes';
import { type Address, addressOf } from './address';

// Shows the server's error messages and a way out.
export function NotFound({ address, errors }: { address: Address; errors: GraphQLError[] }) {
  const badArea = errors.some((error) => error.extensions.argument === 'area');
  return (
    <section aria-labelledby="not-found">
      <h1 id="not-found">Comparison not found</h1>
      {errors.map((error) => (
        <p key={error.message}>{error.message}</p>
      ))}
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
