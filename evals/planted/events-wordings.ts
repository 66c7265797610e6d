/** How people write it: residents' notes, discharge letters, problem lists, letters to patients, summaries. */

export const VACCINATED = [
  '{S} received {ax} {ond}.',
  '{X} given {ond}.',
  '{S} had {ax} {ond}.',
  '{X}: {d}',
  'Immunizations: {x} ({d}).',
  '{X} administered {ond}.',
  '{N} got {p} {x} {ond}.',
  '{Ond}, {s} was given {ax}.',
  'You had your {x} {ond}.',
  '{S} was vaccinated {ond} ({x}).',
  'The {x} was given {ond}.',
  'Received {x} {ond}.',
  '{X} documented {ond}.',
];
export const UNVACCINATED = [
  '{S} has never had {ax}.',
  '{S} has not received {ax}.',
  '{S} declined {ax} {ond}.',
  'No {x} on record.',
  '{X}: never given.',
  'There is no record of {ax}.',
  '{N} has never received {ax}.',
  "{S} didn't get {ax} {ond}.",
  '{X} was not given {ond}.',
  'You have not had {ax}.',
];
export const LAST_SHOT = [
  '{P} last {x} was {ond}.',
  'Last {x}: {d}',
  'Most recent {x} {d}.',
  '{S} last had {ax} {ond}.',
  'The latest {x} was given {ond}.',
  'Your last {x} was {ond}.',
  "{N}'s most recent {x} was {ond}.",
  '{X} last given {ond}.',
];
export const SHOTS = [
  '{S} has had {n} doses of the {x}.',
  '{X}: {n} doses on record.',
  '{N} has received the {x} {times}.',
  'The {x} has been given {times}.',
  '{n} doses of {x} are recorded.',
  'You have had the {x} {times}.',
];

export const DONE = [
  '{S} had {ax} {ond}.',
  '{X} was performed {ond}.',
  '{X} done {ond}.',
  '{X} ({d})',
  '{Ond} {s} underwent {ax}.',
  '{N} had {ax} {ond}.',
  '{Ax} was carried out {ond}.',
  'Procedures: {x} {d}.',
  'You had {ax} {ond}.',
  's/p {x} {ond}',
  'The patient underwent {ax} {ond}.',
  '{X} completed {ond}.',
  'There was {ax} {ond}.',
];
export const NOT_DONE = [
  '{S} has never had {ax}.',
  'No {x} has been done.',
  '{S} has not undergone {ax}.',
  '{X} was not performed {ond}.',
  'There is no record of {ax}.',
  '{X}: never done.',
  '{N} has never had {ax}.',
  '{S} refused {ax} {ond}.',
  "{S} didn't have {ax} {ond}.",
  'You have never had {ax}.',
];
export const LAST_DONE = [
  '{P} last {x} was {ond}.',
  'Last {x}: {d}',
  'Most recent {x} {d}.',
  'The latest {x} was done {ond}.',
  'Your last {x} was {ond}.',
  "{N}'s most recent {x} was {ond}.",
  '{X} last performed {ond}.',
  '{S} last had {ax} {ond}.',
];
export const OFTEN = [
  '{S} has had {n} {x} procedures.',
  '{X} has been done {times}.',
  '{N} has had {ax} {times}.',
  '{X} was performed {times}.',
  '{X}: {times}.',
  'The record shows {n} procedures of this kind: {x}.',
].slice(0, 5);
export const DONE_FOR = [
  '{S} had {ax} for {r}.',
  '{X} was done for {r}.',
  '{Ax} was performed because of {r}.',
  '{X} {ond} for {r}.',
  'The reason for the {x} was {r}.',
  '{X}, indication {r}.',
  'Because of {r}, {s} had {ax}.',
  '{N} underwent {ax} for {r}.',
];
export const OTHERS = [
  '{P} mother had {ax} {ond}.',
  '{other} had {ax} {ond}.',
  '{P} father underwent {ax} {ond}.',
  '{other} received {ax} {ond}.',
];

export const CLASSES = [
  {
    kinds: ['EMER'],
    where: ['the emergency department', 'the ED', 'the emergency room'],
    visit: ['emergency department visit', 'ED visit', 'emergency room visit'],
  },
  {
    kinds: ['IMP', 'ACUTE', 'NONAC'],
    where: ['the hospital as an inpatient'],
    visit: ['hospital admission', 'hospitalization', 'inpatient stay'],
  },
] as const;
export const AT = [
  '{S} was seen in {where} {ond}.',
  'There was {av} {ond}.',
  '{Visit} {ond}.',
  '{Visit}: {d}',
  '{N} had {av} {ond}.',
  '{Ond} {s} had {av}.',
  'You had {av} {ond}.',
  '{Av} is recorded {ond}.',
  'Pt had {av} {ond}.',
  'The record shows {av} {ond}.',
  '{P} {visit} was {ond}.',
  '{Visit} dated {d}.',
];
export const SEEN_FOR = [
  '{S} was seen {ond} for {r}.',
  '{Ond} {s} came in with {r}.',
  'Visit {ond} for {r}.',
  '{N} was seen for {r} {ond}.',
  'Seen {ond}: {r}',
  'You came to see us {ond} for {r}.',
  'The reason for the visit {ond} was {r}.',
  'Encounter {ond}, reason: {r}.',
  '{R} was the reason for the visit {ond}.',
  '{Ond}, the patient was seen because of {r}.',
  '{S} presented with {r} {ond}.',
  'Visit of {d}: {r}.',
];
export const YEAR = [
  '{S} had {n} {visits} in {y}.',
  'In {y} there were {n} {visits}.',
  '{N} had {n} {visits} in {y}.',
  '{n} {visits} in {y}.',
  'There were {n} {visits} during {y}.',
  'You had {n} {visits} in {y}.',
  '{y}: {n} {visits}',
  'In {y} {s} had {n} {visits}.',
];

/** Vaccines, procedures and visits. */
