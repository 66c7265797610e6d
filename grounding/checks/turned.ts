/** Whether the newest values of a series go against its course. */
import { substanceOf } from '../../language/analytes.ts';
import { type Trend, trend as trendOf } from '../../records/chart/trend.ts';
import type { Candidate } from '../matching/world.ts';
import type { Assertion } from '../reading/assertions.ts';
import { show } from './steps.ts';

/** "Is rising", "getting worse": as things move now. */
const ONGOING = /ing\b|\b(?:worse|better)\b/i;

export const ongoing = ({ cues }: Assertion): boolean =>
  cues.some((cue) => cue.type === 'trend' && /^(?:up|down|better|worse)$/.test(cue.sense) && ONGOING.test(cue.text));

/** The newest movement of these values, where it goes against the step from the first to the last: what is said of now, or of no time, is then not decided by either alone. */
export function against(inside: readonly Candidate[]): Trend['newest'] {
  const figures = trendOf(
    inside.map(({ fact }) => fact),
    inside[0] && substanceOf(inside[0].fact.concepts),
  );
  const whole = Math.sign(figures?.change?.difference ?? 0);
  return figures?.newest && whole !== 0 && (figures.newest.direction === 'rising') !== whole > 0 ? figures.newest : undefined;
}

/** One that speaks of how things move now, and of the whole series where no time is said. */
export function ofNewest(assertion: Assertion, inside: readonly Candidate[]): Trend['newest'] {
  return ongoing(assertion) || assertion.times.length === 0 ? against(inside) : undefined;
}

export const turnedText = ({ direction, from }: NonNullable<Trend['newest']>, last: Candidate): string =>
  `${direction} of late: ${show(from.fact)}, then ${show(last.fact)}`;
