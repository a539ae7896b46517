import { scaleLinear, scaleLog } from 'd3-scale';
import { OccupationNeighborsDocument } from '../../../generated/graphql';
import { nodesOf } from '../../api/nodes-of';
import { loaded, useQuery } from '../../api/use-query';
import { formatFigure, percent, plural, signedPercent } from '../../format/numbers';
import { Citations, sourcesIn } from '../sources';
import { useWidth } from '../use-width';
import { logTicks, type Neighbor, type Neighborhood, neighborhood, placeLabels } from './neighbors';
import { Plot, type Spot } from './plot';

const height = 440;
const [axisWidth, top, bottom, right] = [74, 28, 44, 16];
const characterWidth = 7.2;
// A wider range of pay is drawn on a logarithmic scale.
const widestLinear = 3;

// The pay and the projected growth of an occupation and of those related to it.
export function OccupationMap({ slug }: { slug: string }) {
  const query = useQuery(OccupationNeighborsDocument, { slug });
  const { state } = query;
  if (state.status === 'failed') return <p class="failure">Could not load the figures. {state.error.message}</p>;
  const data = loaded(query);
  if (!data) {
    return (
      <p role="status" class="quiet">
        Loading…
      </p>
    );
  }
  if (!data.occupation) return null;
  const { title, related, cited } = data.occupation;
  const of = neighborhood(
    data.occupation,
    nodesOf(related).map(({ occupation }) => occupation),
  );
  return (
    <>
      <h3>Pay against growth</h3>
      {of.own && of.others.length > 0 && <Lead of={of} own={of.own} />}
      {of.others.length > 0 && <Drawing of={of} slug={slug} title={title} />}
      {of.leftOut.length > 0 && (
        <p class="quiet">
          Left out:{' '}
          {of.leftOut.map((one, index) => (
            <>
              {index > 0 && ', '}
              {one.slug === slug ? one.title : <a href={`/occupation/${one.slug}`}>{one.title}</a>} ({one.reason})
            </>
          ))}
          .
        </p>
      )}
      {of.others.length > 0 && <Figures of={of} slug={slug} />}
      <p class="section-foot">
        <Citations of={sourcesIn(cited)} />
      </p>
    </>
  );
}

const unitOf = ({ by }: Neighborhood) => (by === 'hourly' ? 'DOLLARS_PER_HOUR' : 'DOLLARS_PER_YEAR');

function Lead({ of, own }: { of: Neighborhood; own: Neighbor }) {
  const higher = of.others.filter(({ pay }) => pay > own.pay);
  const both = higher.filter(({ growth }) => growth > own.growth);
  return (
    <p>
      Of {plural(of.others.length, 'related occupation')} with both figures, the published median is higher than that of{' '}
      {own.title} in <b>{higher.length}</b>; projected growth is higher too in <b>{both.length}</b> of them.
    </p>
  );
}

function Drawing({ of, slug, title }: { of: Neighborhood; slug: string; title: string }) {
  const [frame, width] = useWidth<HTMLElement>(720);
  const all = of.own ? [of.own, ...of.others] : of.others;
  const unit = unitOf(of);
  const [pays, growths] = [all.map(({ pay }) => pay), all.map(({ growth }) => growth)];
  const [least, most] = [Math.min(...pays), Math.max(...pays)];
  const logarithmic = most / least > widestLinear;
  const ends = [least * 0.9, most * 1.1];
  const y = (logarithmic ? scaleLog(ends, [height - bottom, top]) : scaleLinear(ends, [height - bottom, top])) as (
    pay: number,
  ) => number;
  const ticks = logarithmic ? logTicks(least * 0.9, most * 1.1) : scaleLinear(ends, [0, 1]).ticks(5);
  const x = scaleLinear([Math.min(...growths, 0), Math.max(...growths, 0)], [axisWidth + 14, width - right - 14]).nice(
    5,
  );
  const points = all.map(({ pay, growth }): [number, number] => [x(growth), y(pay)]);
  const labels = placeLabels(
    points,
    all.map((one) => one.title.length * characterWidth),
    { x: axisWidth, y: 0, width: width - axisWidth, height: height - bottom },
  );
  const spots = all.map((one, index): Spot => {
    const [left, above] = points[index] ?? [0, 0];
    const figures = `${formatFigure(one.pay, unit)}, ${signedPercent(one.growth)}`;
    const own = one.slug === slug;
    return {
      key: one.slug,
      x: left - 8,
      y: above - 8,
      width: 16,
      height: 16,
      at: [left, above],
      label: `${one.title}: ${figures}`,
      href: `/occupation/${one.slug}`,
      readout: (
        <>
          <p>{own ? one.title : <a href={`/occupation/${one.slug}`}>{one.title}</a>}</p>
          <p>
            Median {formatFigure(one.pay, unit)}
            <br />
            Growth {signedPercent(one.growth)}
          </p>
          {!own && (
            <p>
              <a href={`/compare/${slug}/${one.slug}`}>Compare</a>
            </p>
          )}
        </>
      ),
    };
  });
  return (
    <figure class="chart" ref={frame}>
      <Plot
        title={`Median ${of.by} wage and projected growth of ${title} and related occupations`}
        width={width}
        height={height}
        spots={spots}
      >
        {(active) => (
          <>
            <text class="tick" x="0" y="12">
              Median {of.by} wage{logarithmic && ', logarithmic scale'}
            </text>
            {ticks.map((pay) => (
              <g key={pay}>
                <line class="grid" x1={axisWidth} x2={width - right} y1={y(pay)} y2={y(pay)} />
                <text class="tick" x={axisWidth - 10} y={y(pay)} dy="0.35em" text-anchor="end">
                  {formatFigure(pay, unit)}
                </text>
              </g>
            ))}
            {x.ticks(width < 480 ? 4 : 7).map((growth) => (
              <g key={growth}>
                <line
                  class={growth === 0 ? 'zero' : 'grid'}
                  x1={x(growth)}
                  x2={x(growth)}
                  y1={top}
                  y2={height - bottom}
                />
                <text class="tick" x={x(growth)} y={height - bottom + 18} text-anchor="middle">
                  {growth > 0 && '+'}
                  {percent(growth).replace('-', '−')}
                </text>
              </g>
            ))}
            <text class="tick" x={width - right} y={height - 6} text-anchor="end">
              Projected change in employment, {of.period}
            </text>
            {all.map((one, index) => (
              <circle
                key={one.slug}
                class={`neighbor ${one.slug === slug ? 'own' : ''} ${one.slug === active ? 'active' : ''}`}
                cx={points[index]?.[0]}
                cy={points[index]?.[1]}
                r={one.slug === slug ? 7 : 5}
              />
            ))}
            {all.map((one, index) => {
              const label = labels[index];
              return (
                label && (
                  <text
                    key={one.slug}
                    class={`name ${one.slug === slug ? 'own' : ''}`}
                    x={label.x}
                    y={label.y}
                    dy="0.35em"
                    text-anchor={label.anchor}
                  >
                    {one.title}
                  </text>
                )
              );
            })}
          </>
        )}
      </Plot>
    </figure>
  );
}

function Figures({ of, slug }: { of: Neighborhood; slug: string }) {
  const all = of.own ? [of.own, ...of.others] : of.others;
  return (
    <details>
      <summary>Show the figures as a table</summary>
      <div class="table">
        <table class="figures">
          <caption class="unseen">Median wage and projected growth of related occupations</caption>
          <thead>
            <tr>
              <th scope="col">Occupation</th>
              <th scope="col">
                Median<small>{of.by}</small>
              </th>
              <th scope="col">
                Growth<small>projected, {of.period}</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map((one) => (
              <tr key={one.slug}>
                <th scope="row">
                  {one.slug === slug ? one.title : <a href={`/occupation/${one.slug}`}>{one.title}</a>}
                </th>
                <td>{formatFigure(one.pay, unitOf(of))}</td>
                <td>{signedPercent(one.growth)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
