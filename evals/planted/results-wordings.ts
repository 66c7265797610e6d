/** How people write it: residents' notes, discharge letters, problem lists, letters to patients, summaries. */
import type { Fill } from './truth.ts';

export const DATED = [
  '{P} {x} {was} {vu} {ond}.',
  '{X} {vu} {ond}.',
  '{X}: {vu} ({d})',
  '{Ond}, {p} {x} came back at {vu}.',
  'On review, {x} measured {vu} {ond}.',
  '{Set} {ond} showed {ax} of {vu}.',
  'We checked {p} {x} {ond} and found {vu}.',
  'Your {x} {was} {vu} when we checked {ond}.',
  "{N}'s {x} {ond} {was} {vu}.",
  '{x} = {vu} ({d})',
  '{Ax} of {vu} was recorded {ond}.',
  "The patient's {x} {was} found to be {vu} {ond}.",
  '{X} {was} documented at {vu} {ond}.',
  "Pt's {x} {vu} {ond}",
  '{S} had {ax} of {vu} {ond}.',
  '{Set} ({d}): {x} {vu}',
  'The {x} recorded {ond} {was} {vu}.',
];
export const LATEST = [
  '{P} latest {x} {is} {vu}.',
  'Most recent {x}: {vu}.',
  'The last {x} on file {was} {vu}.',
  'Last {x} {vu}.',
  'When last measured, {p} {x} {was} {vu}.',
  'Your most recent {x} {was} {vu}.',
  'At {p} last check, {x} stood at {vu}.',
  "{N}'s most recent {x} reading {was} {vu}.",
  'Latest available {x} {vu}.',
  'On the most recent measurement {p} {x} {was} {vu}.',
  'The most recent value for {x} is {vu}.',
  'The latest {x} on record {is} {vu}.',
  '{X} at last check: {vu}',
];
export const LATEST_DATED = [
  '{P} latest {x}, from {d}, {is} {vu}.',
  'Last {x} {vu} ({d}).',
  'When last measured ({d}), {p} {x} {was} {vu}.',
  'The most recent {x} on file is from {d}.',
  '{X} {was} last checked {ond}.',
  'The last {x} was done {ond}.',
  'Most recent {x} ({d}): {vu}',
  'Your {x} {was} last measured {ond}.',
  "{N}'s {x} {was} last measured {ond}, at {vu}.",
  'Last time {p} {x} {was} checked was {d}.',
  'Most recent {x} dates from {d}.',
  '{X}, last taken {ond}, {was} {vu}.',
];
export const NEVER = [
  '{P} {x} {has} never been measured.',
  'There is no {x} on record.',
  'No {x} has ever been checked.',
  '{X}: not done.',
  'No {x} results are available.',
  '{S} has never had {p} {x} checked.',
  'We have no {x} on file for {o}.',
  '{P} {x} {was} not {vu} {ond}.',
  '{X} {was} not checked {ond}.',
  'No {x} {was} recorded {ond}.',
];
export const OTHERS = [
  '{P} mother had {ax} of {vu} {ond}.',
  "{P} father's {x} {was} {vu} {ond}.",
  "{other}'s {x} {was} {vu} {ond}.",
  '{other} had {ax} of {vu} {ond}.',
  "{P} sister's {x} came back at {vu} {ond}.",
  'The {x} of {other} {was} {vu} {ond}.',
];
export const TREND = [
  '{P} {x} {rose} from {v1} to {vu2} between {d1} and {d2}.',
  '{X} {went} from {vu1} on {d1} to {vu2} on {d2}.',
  '{X} {increased}: {vu1} ({d1}) -> {vu2} ({d2})',
  'Between {d1} and {d2}, {p} {x} {climbed} from {v1} to {vu2}.',
  'Compared with {d1}, {p} {x} {was} {higher} on {d2} ({v1} then, {vu2} on {d2}).',
  'There was {arise} in {x}, from {vu1} on {d1} to {vu2} on {d2}.',
  'Your {x} {went} from {v1} on {d1} to {vu2} on {d2}.',
  "{N}'s {x} {was} {vu1} on {d1} and had {risen} to {vu2} by {d2}.",
  '{X} {up} from {v1} ({d1}) to {vu2} ({d2}).',
  'From {d1} to {d2} {p} {x} {rose} from {v1} to {vu2}.',
  '{X} {rose} to {vu2} on {d2} from {vu1} on {d1}.',
  '{X} {was} {higher} on {d2} than on {d1}.',
  '{P} {x} {increased} between {d1} and {d2}.',
];
export const UP: Fill = {
  rose: 'rose',
  went: 'went up',
  increased: 'increased',
  climbed: 'climbed',
  higher: 'higher',
  arise: 'a rise',
  risen: 'risen',
  up: 'up',
};
export const DOWN: Fill = {
  rose: 'fell',
  went: 'went down',
  increased: 'decreased',
  climbed: 'dropped',
  higher: 'lower',
  arise: 'a fall',
  risen: 'fallen',
  up: 'down',
};
export const FLAT: Fill = {
  rose: 'stayed unchanged',
  went: 'stayed the same',
  increased: 'remained stable',
  climbed: 'did not change',
  higher: 'the same',
  arise: 'no change',
  risen: 'stayed the same',
  up: 'unchanged',
};

export const COMPARED = [
  '{P} {x} {was} {cmp} {tu} {ond}.',
  '{X} {cmp} {tu} {ond}.',
  '{Ond} {p} {x} {was} {cmp} {tu}.',
  'Your {x} {was} {cmp} {tu} when checked {ond}.',
  "{N}'s {x} {was} {cmp} {tu} {ond}.",
  '{Set} {ond}: {x} {cmp} {tu}',
  'The {x} taken {ond} {was} {cmp} {tu}.',
  '{S} had {ax} {cmp} {tu} {ond}.',
  '{X} {was} noted to be {cmp} {tu} {ond}.',
  'On review the {x} {ond} {was} {cmp} {tu}.',
  '{Ax} {cmp} {tu} was recorded {ond}.',
  '{X} {sign}{tu} ({d})',
];
export const ABOVE = ['above', 'greater than', 'higher than', 'over', 'more than'];
export const BELOW = ['below', 'less than', 'lower than', 'under'];

export const EXTREME = [
  '{P} {highest} {x} on record {was} {vu}.',
  'The {highest} {x} ever recorded {was} {vu}.',
  '{Highest} {x}: {vu}',
  '{X} {peaked} at {vu}.',
  '{P} {x} has never been {higher} than {vu}.',
  'The {highest} value for {x} was {vu}, {ond}.',
  '{P} {x} reached its {highest} value, {vu}, {ond}.',
  '{X} {highest} at {vu} ({d})',
  'Your {highest} {x} so far {was} {vu}.',
  "{N}'s {highest} recorded {x} {was} {vu}.",
  'Of all readings, the {highest} {x} {was} {vu}.',
  'All-time {highest} {x} {vu} {ond}.',
];
export const MAX: Fill = { highest: 'highest', peaked: 'peaked', higher: 'higher' };
export const MIN: Fill = { highest: 'lowest', peaked: 'bottomed out', higher: 'lower' };

export const MEASURED = [
  '{P} {x} {has} been measured {times}.',
  '{X} {was} checked {times} in all.',
  'There are {n} {x} results on record.',
  'We have {n} measurements of {x}.',
  '{X}: {n} values on file.',
  '{S} has had {p} {x} checked {times}.',
  'The record holds {n} {x} readings.',
  '{n} {x} readings are recorded.',
  'In total {p} {x} {was} taken {times}.',
  "{N}'s {x} {has} been recorded {times}.",
  'Your {x} {has} been measured {times} so far.',
  '{X} measured {times} to date.',
];

export const PRESSURE = [
  '{P} blood pressure was {bp} mmHg {ond}.',
  'BP {bp} {ond}.',
  'BP: {bp} ({d})',
  '{Ond} {p} blood pressure was {bp}.',
  'Your blood pressure was {bp} when we saw you {ond}.',
  'Blood pressure of {bp} mmHg was recorded {ond}.',
  "{N}'s BP {ond} was {bp} mmHg.",
  'Vitals {ond}: BP {bp}',
  'Pt had a BP of {bp} {ond}',
  '{S} had a blood pressure reading of {bp} {ond}.',
  '{Ond} BP measured {bp} mm Hg.',
  'Blood pressure {ond} came to {bp}.',
  '{P} BP ({d}) was {bp}.',
];
