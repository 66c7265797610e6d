/** How people write doses, reactions, flags and family history. */

export const FREQUENT = [
  '{S} takes {x} {freq}.',
  '{X} {freq}.',
  '{S} is on {x} {freq}.',
  '{X} is taken {freq}.',
  'Meds: {x} {freq}.',
  '{N} takes {x} {freq}.',
  'You take {x} {freq}.',
  '{P} {x} is dosed {freq}.',
  'Continue {x} {freq}, as currently prescribed.',
  'Currently on {x} {freq}.',
  'Current prescription: {x}, {freq}.',
  '{X} is prescribed {freq}.',
].filter((w) => !w.startsWith('Continue'));

export const REACTED = [
  '{S} is allergic to {x} ({reaction}).',
  '{X} causes {reaction}.',
  'Allergies: {x} - {reaction}.',
  '{S} gets {reaction} from {x}.',
  '{N} has an allergy to {x} with {reaction}.',
  'Allergic to {x}, reaction: {reaction}.',
  '{P} reaction to {x} is {reaction}.',
  'You are allergic to {x}, which causes {reaction}.',
  '{X} allergy ({reaction}).',
  'Allergy: {x}; reaction {reaction}.',
  '{X} gives {o} {reaction}.',
  'Known {x} allergy manifesting as {reaction}.',
];

export const ABNORMAL = [
  '{P} {x} {was} {flag} {ond}.',
  '{X} {flag} {ond}.',
  '{Ond} {p} {x} {was} {flag}.',
  'The {x} taken {ond} {was} {flag}.',
  "{N}'s {x} {was} {flag} {ond}.",
  'Your {x} {was} {flag} when checked {ond}.',
  'Labs {ond}: {x} {flag}',
  'The {x} result {ond} {was} {flag}.',
  '{X} ({d}): {flag}',
  '{X} {was} found to be {flag} {ond}.',
  'On review, {x} {was} {flag} {ond}.',
  'Of note, {p} {x} {was} {flag} {ond}.',
];
export const HIGH = ['high', 'above the reference range', 'elevated', 'above normal'];
export const LOW = ['low', 'below the reference range', 'below normal'];
export const NORMAL = ['normal', 'within the reference range', 'within normal limits', 'in the normal range'];

export const FAMILY = [
  '{P} {who} had {x}.',
  'Family history: {who} with {x}.',
  'FH: {x} ({who}).',
  '{S} has a family history of {x} in {p} {who}.',
  '{P} {who} was diagnosed with {x}.',
  "{N}'s {who} had {x}.",
  'Your {who} had {x}.',
  '{X} in {p} {who}.',
  'The family history is notable for {x} in {p} {who}.',
  'There is a family history of {x} ({who}).',
  '{P} {who} has a history of {x}.',
  'Family history of {x}.',
];
export const OWN = [
  '{S} has {x}.',
  '{S} was diagnosed with {x}.',
  'PMH: {x}.',
  'Known {x}.',
  '{N} has {x}.',
  'Active problems include {x}.',
];
export const FAMILY_NOT = [
  'No family history of {x}.',
  '{P} {who} never had {x}.',
  'Family history is negative for {x}.',
  'There is no family history of {x}.',
  '{P} {who} did not have {x}.',
];
