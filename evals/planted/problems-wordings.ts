/** How people write it: residents' notes, discharge letters, problem lists, letters to patients, summaries. */

export const HAS = [
  '{S} has {x}.',
  'Known {x}.',
  '{X} is on {p} problem list.',
  'PMH: {x}.',
  '{N} has {x}.',
  '{S} carries a diagnosis of {x}.',
  '{S} has been diagnosed with {x}.',
  'You have {x}.',
  'Active problems include {x}.',
  '{X}: active.',
  'The patient lives with {x}.',
  'Ongoing problem: {x}',
  'Pt has {x}.',
  '{X} is one of {p} active conditions.',
];
export const HAS_NOT = [
  '{S} does not have {x}.',
  'No {x}.',
  'No history of {x}.',
  '{S} has never had {x}.',
  'There is no evidence of {x}.',
  '{N} has no {x}.',
  '{S} denies {x}.',
  "{S} doesn't have {x}.",
  'Negative for {x}.',
  '{X} has been ruled out.',
  'You do not have {x}.',
  'PMH negative for {x}.',
];
export const RESOLVED = [
  '{P} {x} has resolved.',
  '{X}, resolved.',
  '{X} is no longer active.',
  '{S} no longer has {x}.',
  '{S} has recovered from {x}.',
  'History of {x}, now resolved.',
  '{X} (resolved)',
  '{P} {x} is a thing of the past.',
  'Past problem, now resolved: {x}.',
  '{N} got over {p} {x}.',
  'Your {x} has cleared up.',
  '{X} is inactive.',
];
export const OVER = RESOLVED.filter((w) => !/inactive|thing of|got over/.test(w)).concat([
  '{S} had {x} in the past.',
  '{S} has had {x}, which has since resolved.',
  '{X} has cleared.',
  'Past history of {x}.',
  '{N} previously had {x}.',
]);
export const STILL = [
  '{S} still has {x}.',
  '{X} is ongoing.',
  '{X}: active.',
  '{P} {x} is still active.',
  '{S} currently has {x}.',
  'Active problem: {x}.',
  '{X} has not resolved.',
  'Ongoing {x}.',
];
export const ONSET = [
  '{X} was diagnosed {ond}.',
  '{S} was diagnosed with {x} {ond}.',
  '{X} (onset {d})',
  '{X}, first noted {ond}.',
  'First diagnosed with {x} {ond}.',
  "Dx'd with {x} {ond}.",
  '{P} {x} began {ond}.',
  '{N} developed {x} {ond}.',
  '{X} was first recorded {ond}.',
  'You were diagnosed with {x} {ond}.',
  'Diagnosis of {x} made {ond}.',
  'Onset of {x}: {d}',
  '{X} dates from {d}.',
];
export const SINCE = [
  '{S} has had {x} since {d}.',
  '{X} since {d}.',
  '{N} has had {x} since {d}.',
  'Known {x} since {d}.',
  'You have had {x} since {d}.',
  '{X}, known since {d}.',
];
export const ENDED = [
  '{P} {x} resolved {ond}.',
  '{X} cleared {ond}.',
  '{X}, resolved {ond}.',
  '{X} had resolved by {d}.',
  '{N} had recovered from {x} by {d}.',
  '{X} (resolved {d})',
  'Resolution of {x} was recorded {ond}.',
  '{X} ended {ond}.',
];
export const OTHERS = [
  '{P} mother has {x}.',
  '{other} has {x}.',
  '{P} father had {x}.',
  'Family history of {x}.',
  '{P} brother was diagnosed with {x}.',
  '{other} was diagnosed with {x}.',
  '{P} sister has {x}.',
];
export const TIMES = [
  '{S} has had {x} {times}.',
  '{N} has had {n} episodes of {x}.',
  '{n} episodes of {x} are recorded.',
  '{X} {times} in all.',
  'There have been {n} episodes of {x}.',
  '{S} was diagnosed with {x} {times}.',
  'The record shows {n} bouts of {x}.',
  'History of {n} episodes of {x}.',
];
export const ALLERGIC = [
  '{S} is allergic to {x}.',
  'Allergies: {x}.',
  '{N} has an allergy to {x}.',
  'Allergic to {x}.',
  '{S} has a known {x} allergy.',
  'Known allergy to {x}.',
  '{X} allergy.',
  'You are allergic to {x}.',
  'The patient is allergic to {x}.',
  'Allergy list includes {x}.',
  '{P} recorded allergies include {x}.',
  'All: {x}',
];
export const ALLERGIC_NOT = [
  '{S} is not allergic to {x}.',
  'No known allergies.',
  'NKDA, no known allergies.',
  'No {x} allergy.',
  '{N} has no allergies.',
  '{S} has no known allergy to {x}.',
  "{S} isn't allergic to {x}.",
  'Allergies: none.',
  'You have no allergies.',
  '{S} denies any allergy to {x}.',
];
export const NO_ALLERGIES = [
  'No known allergies.',
  'Allergies: none known.',
  '{S} has no known allergies.',
  'NKA.',
  '{N} has no allergies.',
  'There are no known allergies.',
  'The patient has no known allergies.',
  'You have no known allergies.',
];

/** Problems with onset, end, episodes and side; allergies. */
