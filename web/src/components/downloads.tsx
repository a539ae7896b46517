import { withChoices } from './use-address';

// Links to the figures of the page with a path, for spreadsheets and programs.
export function Downloads({ path, area }: { path: string; area: string }) {
  return (
    <p class="quiet downloads">
      Download: <a href={withChoices(`${path}.csv`, { area })}>CSV</a>,{' '}
      <a href={withChoices(`${path}.json`, { area })}>JSON</a>
    </p>
  );
}
