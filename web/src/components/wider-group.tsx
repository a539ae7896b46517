import type { WiderGroupPartsFragment } from '../../generated/graphql';

const most = 4;

// Says that figures are those of a wider group. A long group is only counted. Without figures there is nothing to say.
export function WiderGroup(props: {
  of: WiderGroupPartsFragment | null | undefined;
  figures: string | null;
  title?: string;
}) {
  const { of, figures, title } = props;
  if (!of || figures === null) return null;
  return (
    <p class="quiet">
      {title && `${title}: `}
      {figures} published for the wider group “{of.name}” ({members(of)}), not for this role alone.
    </p>
  );
}

// The same for two roles, which have nothing to compare in a group of both.
export function WiderGroups(props: {
  left: WiderGroupPartsFragment | null | undefined;
  right: WiderGroupPartsFragment | null | undefined;
  figures: { left: string | null; right: string | null };
  titles: { left: string; right: string };
}) {
  const { left, right, figures, titles } = props;
  if (left && right && left.name === right.name && figures.left !== null) {
    return (
      <p class="quiet">
        {figures.left} published for the wider group “{left.name}” ({members(left)}) of both roles, so they are not
        compared.
      </p>
    );
  }
  return (
    <>
      <WiderGroup of={left} figures={figures.left} title={titles.left} />
      <WiderGroup of={right} figures={figures.right} title={titles.right} />
    </>
  );
}

function members({ occupations }: WiderGroupPartsFragment): string {
  if (occupations.length > most) return `${occupations.length} occupations`;
  return occupations.map((occupation) => occupation.title).join('; ');
}
