import {
  CompareOverviewDocument,
  type CompareOverviewQuery,
  ComparePayDocument,
  ComparePeopleDocument,
  ComparePlacesDocument,
  CompareWorkDocument,
} from '../../generated/graphql';
import { useAnswer } from '../api/use-answer';
import { fromSlug } from '../words/names';
import type { Titles } from '../words/verdict';
import type { Address } from './address';
import { Browse } from './browse';
import { Controls } from './controls';
import { Demographics } from './demographics';
import { Education } from './education';
import { NotFound } from './not-found';
import { Overview, Roles, Summary } from './overview';
import { Pay } from './pay';
import { Places } from './places';
import { Responsibilities } from './responsibilities';
import { Skills } from './skills';

export type Compared = NonNullable<CompareOverviewQuery['comparison']>;

// The whole page. Each section group is one document, and all are asked at
// once; the area picked says which of them are asked anew.
export function Comparison({ address, move }: { address: Address; move: (area: string) => void }) {
  const roles = { left: address.left, right: address.right };
  const overview = {
    document: CompareOverviewDocument,
    variables: address,
    asked: useAnswer(CompareOverviewDocument, address),
  };
  const pay = { document: ComparePayDocument, variables: address, asked: useAnswer(ComparePayDocument, address) };
  const places = { document: ComparePlacesDocument, variables: roles, asked: useAnswer(ComparePlacesDocument, roles) };
  const people = { document: ComparePeopleDocument, variables: roles, asked: useAnswer(ComparePeopleDocument, roles) };
  const work = { document: CompareWorkDocument, variables: roles, asked: useAnswer(CompareWorkDocument, roles) };

  const answer = overview.asked.state === 'answered' ? overview.asked : null;
  if (answer && !answer.data.comparison) return <NotFound address={address} problems={answer.problems} />;
  const compared = answer?.data.comparison;
  const titles = compared
    ? { left: compared.left.title, right: compared.right.title }
    : { left: fromSlug(address.left), right: fromSlug(address.right) };
  return (
    <>
      <Heading titles={titles} />
      <Controls address={address} areaName={compared?.area.name ?? ''} move={move} />
      <Summary {...overview} />
      <Overview {...overview} titles={titles} />
      <Roles {...overview} />
      <Pay {...pay} titles={titles} />
      <Places {...places} titles={titles} address={address} />
      <Education {...people} titles={titles} />
      <Demographics {...people} titles={titles} />
      <Responsibilities {...work} titles={titles} />
      <Skills {...work} titles={titles} />
      {compared && <Browse left={compared.left} right={compared.right} />}
    </>
  );
}

function Heading({ titles }: { titles: Titles }) {
  return (
    <h1>
      <span class="left role">{titles.left}</span> vs <span class="right role">{titles.right}</span>
    </h1>
  );
}
