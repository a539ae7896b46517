import type { RoleFragment } from '../../generated/graphql';
import { AreaPicker } from '../components/area-picker';
import { openKeepingFocus } from '../components/keep-focus';
import { RoleCombobox } from '../components/role-combobox';
import { Share } from '../components/share';
import { isSameText } from '../format/names';
import type { Titles } from '../format/verdict';
import { type Address, addressOf } from './address';

interface MatchupProps {
  address: Address;
  titles: Titles;
  // The job titles that the address names.
  asked: { left: string | undefined; right: string | undefined };
  areaName: string;
  move: (part: Partial<Address>) => void;
}

const longTitle = 30;

// The page's heading, in which both roles are inputs, and what else there is to
// choose. Another role is another page; its address keeps the area and the prices.
export function Matchup({ address, titles, asked, areaName, move }: MatchupProps) {
  const { left, right, area } = address;
  const open = (part: Partial<Address>) => openKeepingFocus(addressOf({ ...address, ...part }));
  // Both titles have one size.
  const long = Math.max(titles.left.length, titles.right.length) > longTitle;
  return (
    <>
      <h1 class="matchup-title">
        <span class="left role">{titles.left}</span> vs <span class="right role">{titles.right}</span>
      </h1>
      <div class="matchup">
        <Role
          side="left"
          title={titles.left}
          asked={asked.left}
          long={long}
          onChoose={({ slug }) => open({ left: slug })}
        />
        <span aria-hidden="true">vs</span>
        <Role
          side="right"
          title={titles.right}
          asked={asked.right}
          long={long}
          onChoose={({ slug }) => open({ right: slug })}
        />
      </div>
      <div class="controls matchup-choices">
        <AreaPicker area={area} areaName={areaName} move={(chosen) => move({ area: chosen })} />
        <a class="button" href={addressOf({ ...address, left: right, right: left })}>
          <span aria-hidden="true">⇄</span> Swap<span class="wide"> sides</span>
        </a>
        <Share />
      </div>
    </>
  );
}

// An input cannot wrap a long title, so the title is drawn over the input until
// the visitor types.
function Role(props: {
  side: 'left' | 'right';
  title: string;
  asked: string | undefined;
  long: boolean;
  onChoose: (role: RoleFragment) => void;
}) {
  const { side, title, asked } = props;
  return (
    <div class={`role-picker ${side} ${props.long ? 'long' : ''}`}>
      <span class="shown" aria-hidden="true">
        {title}
      </span>
      <RoleCombobox
        id={`${side}-role`}
        label={side === 'left' ? 'First role' : 'Second role'}
        placeholder="Job title or SOC code"
        text={title}
        onChoose={props.onChoose}
      />
      {asked && !isPlural(title, asked) && <small>for {asked}</small>}
    </div>
  );
}

// "Registered Nurses" and "Actuaries" say what "Registered Nurse" and "Actuary" are counted in.
const isPlural = (title: string, asked: string): boolean =>
  [asked, `${asked}s`, asked.replace(/y$/, 'ies')].some((form) => isSameText(title, form));
