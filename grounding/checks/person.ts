/** Personal details, field by field: marital status, ethnicity, language, home and birth place. */
import { readFileSync } from 'node:fs';
import type { Fact } from '../../records/contract.ts';
import type { Check } from '../contract.ts';
import type { Item } from '../reading/items.ts';
import { personsIn, stem, tokens } from '../reading/lexicon.ts';
import { fail, pass, unknown } from './contract.ts';
import { OF_CONTACT } from './overlap.ts';

interface Phrase {
  readonly field: string;
  readonly sense: string;
  readonly words: string;
}

let table: readonly Phrase[] | undefined;

function phrases(): readonly Phrase[] {
  table ??= readFileSync(new URL('../words/personal.tsv', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const [field, sense, list] = line.split('\t');
      if (!field || !sense || !list)
        throw new Error(`grounding/words/personal.tsv: a line needs field, sense and phrases: ${line.slice(0, 60)}`);
      return list.split('|').map((words) => ({ field, sense, words }));
    })
    .sort((a, b) => b.words.length - a.words.length);
  return table;
}

const senseIn = (text: string, field: string): string | undefined =>
  phrases().find((phrase) => phrase.field === field && text.toLowerCase().includes(phrase.words))?.sense;

const bounded = (text: string, at: number, length: number): boolean =>
  !/[a-z0-9]/.test(text[at - 1] ?? ' ') && !/[a-z0-9]/.test(text[at + length] ?? ' ');

const FIELD_NAME: Readonly<Record<string, string>> = { maritalStatus: 'marital status', ethnicity: 'ethnicity' };

/** The part of the text, what it says, and the detail that must say so too. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:lives|living|live|resides|residing|resident of|domiciled)\s+(?!with\b|alone\b)(?:in|at|of)?\s*([^.;]+?)(?=\s+(?:and|with|who)\b|[.;]|$)/i,
    'address',
  ],
  [/\b(?:home )?address(?: is|:)?\s*([^.;]+)/i, 'address'],
  [/\b(?:born in|birth ?place(?: is|:)?|native of|place of birth(?: is|:)?)\s+([^.;\d]+?)(?=\s+(?:on|and|in)\b|[.;]|$)/i, 'birthPlace'],
];
const LANGUAGE =
  /\b(?:speaks?|speaking|(?:preferred |primary |spoken )?language(?: is|:)?)\s+(?:only\s+|primarily\s+)?([A-Z]\w+)|\b([A-Z]\w+)[- ]speaking\b/;

const PHONE =
  /\b(?:(?:tele)?phone|tel|mobile|cell(?= ?(?:phone|number|no|:)))\b(?:\W|\b(?:phone|numbers?|no|is|was|recorded|listed|home|work|as|on|the|at|reached|called)\b){0,12}?([+(]?\d[\d ()-]{4,}\d)(?!\d|[/.]\d)/i;
export interface Personal {
  readonly checks: readonly Check[];
  readonly spent: readonly Item[];
}

/** "His daughter got married", "her son lives in Boston": whoever the clause is about is not the patient. */
function isOfOther(text: string, at: number): boolean {
  const clause = text
    .slice(0, at)
    .split(/[.;]\s|(?:,|\b(?:and|but|while|whereas))\s+(?=(?:he|she|they|his|her|their)\b)/i)
    .at(-1)!;
  const owned =
    /^\W*(?:(?:one of )?(?:his|her|their|the)\s+(?:(?:own|late|older|younger|eldest|oldest|youngest|other|adult|\w+est)\s+)?)?/i.exec(
      clause,
    )![0];
  const [first] = tokens(clause.slice(owned.length));
  const rest = first ? clause.slice(owned.length + first.end) : '';
  return first !== undefined && personsIn(first.text).length > 0 && !/\b(?:he|she|they|patient)\b/i.test(rest);
}

/** What the sentence says of the person, compared with the same detail of the patient's entry. */
export function readPersonal(text: string, items: readonly Item[], patient: Fact | undefined): Personal {
  const checks: Check[] = [];
  const spent = new Set<Item>();
  if (!patient) return { checks, spent: [] };
  const details = patient.details ?? {};
  const lower = text.toLowerCase();
  const spend = (from: number, to: number) => {
    for (const item of items) if (item.start < to && item.end > from && item.type !== 'neutral') spent.add(item);
  };
  const done = new Set<string>();
  for (const { field, sense, words } of phrases()) {
    if (done.has(field)) continue;
    const at = lower.indexOf(words);
    if (at < 0 || !bounded(lower, at, words.length)) continue;
    // "a single reading" is no marital status.
    if (words === 'single' && !/(?:\b(?:is|are|status:?|she's|he's|,|and)\s*)$/.test(lower.slice(0, at))) continue;
    if (
      words === 'single' &&
      /^\s+[a-z]/.test(lower.slice(at + words.length)) &&
      !/^\s+(?:and|with|who|wo|man|female|male)/.test(lower.slice(at + words.length))
    )
      continue;
    done.add(field);
    if (isOfOther(text, at)) {
      spend(at, at + words.length);
      checks.push(unknown('subject', `"${words}": that is said of another person`));
      continue;
    }
    const denied = /(?:\bnot|n't|n’t|\bno longer|\bnever)(?: been| currently| of)?\s*$/.test(lower.slice(0, at));
    const recorded = details[field] === undefined ? undefined : senseIn(details[field], field);
    const name = FIELD_NAME[field] ?? field;
    const label = new RegExp(`(?:${name}\\s*(?:is|:)?\\s*)$`).exec(lower.slice(0, at));
    spend(label ? label.index : denied ? at - 14 : at, at + words.length);
    if (recorded === undefined) checks.push(unknown('entity', `the record gives no ${name} that can be compared`));
    else if ((recorded === sense) !== denied) checks.push(pass('entity', `the record says ${details[field]}`));
    else checks.push(fail('entity', `the sentence says ${denied ? 'not ' : ''}${words}, the record says ${details[field]}`));
  }
  const phone = PHONE.exec(text);
  if (phone) {
    spend(phone.index, phone.index + phone[0].length);
    const digits = (value: string) => value.replace(/\D/g, '');
    const said = digits(phone[1]!);
    const ofContact = OF_CONTACT.test(text);
    const recorded = details[ofContact ? 'contact' : 'phone'];
    const holds = recorded?.split(/[,;]/).some((one) => digits(one).endsWith(said));
    checks.push(
      recorded === undefined
        ? unknown('entity', 'the record gives no such telephone number')
        : holds
          ? pass('entity', `the record says ${recorded}`)
          : fail('entity', `the sentence says ${phone[1]!.trim()}, the record says ${recorded}`),
    );
  }
  const language = LANGUAGE.exec(text);
  if (language && isOfOther(text, language.index)) {
    spend(language.index, language.index + language[0].length);
    checks.push(unknown('subject', `"${language[0]}": that is said of another person`));
  } else if (language) {
    const said = (language[1] ?? language[2])!;
    const denied = /(?:\bnot|n't|n’t|\bnever)\s*$/.test(lower.slice(0, language.index));
    const recorded = details['language'];
    spend(denied ? language.index - 5 : language.index, language.index + language[0].length);
    if (recorded === undefined) checks.push(unknown('entity', 'the record gives no language'));
    else {
      const same = recorded.toLowerCase().includes(said.toLowerCase());
      checks.push(
        same === denied
          ? denied
            ? fail('entity', `the record says ${recorded}`)
            : unknown('entity', `the record says ${recorded}; it does not speak of ${said}`)
          : denied
            ? unknown('entity', `the record says ${recorded}`)
            : pass('entity', `the record says ${recorded}`),
      );
    }
  }
  for (const [pattern, field] of PLACES) {
    const match = pattern.exec(text);
    if (!match || match[1] === undefined || !/[A-Z]/.test(match[1])) continue;
    if (isOfOther(text, match.index)) {
      spend(match.index, match.index + match[0].length);
      checks.push(unknown('subject', `"${match[0].trim()}": that is said of another person`));
      continue;
    }
    const recorded = details[field] ?? (field === 'birthPlace' ? undefined : details['address']);
    const start = match.index + match[0].indexOf(match[1]);
    const said = tokens(match[1])
      .map(({ word }) => word)
      .filter((word) => /\w/.test(word));
    spend(match.index, start + match[1].length);
    if (recorded === undefined) {
      checks.push(unknown('entity', `the record gives no ${field === 'address' ? 'address' : 'birth place'}`));
      continue;
    }
    const stated = new Set(tokens(recorded).map(({ word }) => stem(word)));
    const states: Readonly<Record<string, string>> = { ma: 'massachusett', massachusetts: 'ma', usa: 'us' };
    const missing = said.find(
      (word) => !stated.has(stem(word)) && !stated.has(stem(states[word] ?? word)) && !/^(?:the|city|town|of|state|at)$/.test(word),
    );
    checks.push(
      missing === undefined
        ? pass('entity', `the record says ${recorded}`)
        : fail('entity', `the sentence says ${match[1]}, the record says ${recorded}`),
    );
  }
  return { checks, spent: [...spent] };
}
