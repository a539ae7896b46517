import { IndustriesNamedDocument, type IndustriesNamedQuery } from '../../generated/graphql';
import { fetchDocument } from '../api/fetch-document';
import { Combobox, type Suggestions } from '../components/combobox';
import { isSameText, shortSectorName } from '../format/names';

type Industry = NonNullable<IndustriesNamedQuery['industries']>['nodes'][number];

// Searches industries by words or NAICS code, with a way back to all of them.
export function IndustryPicker(props: { industry: string; title: string; move: (industry: string) => void }) {
  const { industry, title, move } = props;
  return (
    <>
      <Combobox<Industry>
        id="industry"
        label="Industry"
        placeholder="Hospitals, or a NAICS code"
        named="industry"
        text={title}
        search={searchIndustries}
        keyOf={(found) => found.code}
        textOf={(found) => shortSectorName(found.title)}
        isExact={({ code, title }, text) => isSameText(text, code) || isSameText(text, shortSectorName(title))}
        onChoose={(found) => move(found.code)}
      />
      {industry && (
        <button type="button" onClick={() => move('')}>
          Back to all industries
        </button>
      )}
    </>
  );
}

async function searchIndustries(text: string, signal: AbortSignal): Promise<Suggestions<Industry>> {
  return { options: (await fetchDocument(IndustriesNamedDocument, { text }, signal)).data.industries?.nodes ?? [] };
}
