import { compareFhirDates, formatDate } from '../../language/dates.ts';
import type { Chart, Fact } from '../contract.ts';
import type { Note, Question } from './contract.ts';
import type { Clause } from './parsed.ts';
import type { Found, Scope } from './scope.ts';
import { isActive, isPast, isVoid, newestFirst } from './select.ts';

interface Placed {
  readonly name: string;
  /** As people ask for it. */
  readonly said: RegExp;
  /** As entries name it: procedures, orders of a product, devices. */
  readonly named: RegExp;
  /** Stays for good, where nothing says that it was taken out. */
  readonly lasting?: true;
}

/** What is put into or onto a patient and may be taken out or off again. */
const DEVICES: readonly Placed[] = [
  {
    name: 'intrauterine device',
    said: /\b(?:(?:hormonal |copper )?(?:iucd|iud|coil)s?|intrauterine (?:contraceptive )?(?:device|system)s?)\b/i,
    named:
      /\bintrauterine (?:contraceptive |hormonal )?(?:device|system)|\biucd\b|\biud\b|\b(?:insertion|removal) of (?:contraceptive )?coil\b/i,
  },
  {
    name: 'contraceptive implant',
    said: /\b(?:(?:contraceptive|birth control|subdermal|hormonal) implant|implant for (?:contraception|birth control)|nexplanon|implanon)s?\b/i,
    named:
      /\bcontraceptive implant|\bimplantable contraceptive|\bsubcutaneous contraceptive|\bsubdermal\b.*\bcontracept|\b(?:etonogestrel|levonorgestrel)\b.*\bimplant|\bnexplanon\b|\bimplanon\b/i,
  },
  {
    name: 'urinary catheter',
    said: /\b(?:(?:indwelling |urinary |bladder |suprapubic |foley |urethral )+catheter|foley)s?\b/i,
    named:
      /\b(?:urinary|urethral|bladder|suprapubic|foley)\b.*\bcathet|\bcathet\w*\b.*\b(?:bladder|urinary|urethra\w*|suprapubic)\b|\bfoley\b/i,
  },
  {
    name: 'central venous access',
    said: /\b(?:(?:chemo |chemotherapy |infusion |implanted |venous )*port(?:-?a-?cath)?|portacath|picc(?: line)?|central (?:venous )?(?:line|catheter)|hickman(?: line| catheter)?)s?\b/i,
    named:
      /\bport-?a-?cath|\b(?:venous access|vascular access|infusion|implant\w*|chemo\w*)\b.*\bport\b|\bport\b.*\b(?:placement|insertion|removal|implantation)\b|\bpicc\b|\b(?:central venous|peripherally inserted|tunnell?ed)\b.*\bcatheter|\bcentral line\b|\bhickman\b/i,
  },
  {
    name: 'cast or splint',
    said: /\b(?:(?:plaster |arm |leg |wrist |ankle )*(?:cast|splint)|plaster)s?\b/i,
    named: /\b(?:plaster|cast|casting|splint|splinting)\b|\bbone immobili[sz]ation\b/i,
  },
  {
    name: 'drain',
    said: /\b(?:(?:surgical |wound |chest |abdominal |nephrostomy )*(?:drain|chest tube))s?\b/i,
    named: /\bdrains?\b|\bchest tube\b/i,
  },
  {
    name: 'stitches',
    said: /\b(?:stitches|sutures|staples)\b/i,
    named: /\b(?:sutur(?:e|es|ing)|stitch(?:es)?|staples?)\b/i,
  },
  {
    name: 'feeding tube',
    said: /\b(?:(?:peg|g|feeding|gastrostomy|nasogastric|ng)[ -]tubes?|peg)\b/i,
    named: /\bgastrostomy\b|\bfeeding tube|\bnasogastric\b|\bpeg tube/i,
  },
  { name: 'tracheostomy', said: /\b(?:tracheostomy|trach)(?: tube)?\b/i, named: /\btracheostomy\b/i },
  {
    name: 'ureteral stent',
    said: /\b(?:ureter(?:al|ic)|double[ -]?j|jj)[ -]stents?\b/i,
    named: /\b(?:ureter\w*|double[ -]?j|jj)\b.*\bstent|\bstent\b.*\bureter/i,
  },
  {
    name: 'biliary stent',
    said: /\b(?:biliary|bile duct) stents?\b/i,
    named: /\b(?:bil(?:e|iary)|common duct)\b.*\bstent|\bstent\b.*\bbil(?:e|iary)/i,
  },
  {
    name: 'pacemaker',
    said: /\bpacemakers?\b/i,
    named: /\bpacemaker/i,
    lasting: true,
  },
  {
    name: 'implanted defibrillator',
    said: /\b(?:(?:implant(?:ed|able) )?(?:cardioverter[- ])?defibrillator|aicd|icd)s?\b/i,
    named: /\bdefibrillator|\baicd\b/i,
    lasting: true,
  },
  {
    name: 'insulin pump',
    said: /\binsulin pumps?\b/i,
    named: /\binsulin (?:infusion )?pump/i,
  },
];

/** Words that a question of nothing but presence is made of. */
const FRAME = new Set(
  `a an and any are at but carry carries carrying currently do does got has have he her his in inside is now moment of on patient present place
  right she situ so still that the their there they this today use uses using wear wearing wears with`.split(/\s+/),
);

const REMOVAL = /\bremov|\bextract|\bexplant|\btaken (?:out|off)\b|\bdiscontinu/i;
const RENEWED = /\breplac|\bre-?insert|\bexchang|\bchange of\b|\brevision\b/i;
/** What is done to a device that stays. */
const TENDED =
  /\bcheck|\bsurveillance|\bfollow|\binterrogat|\badjust|\breprogram|\bprogramming|\bcare\b|\bflush|\birrigat|\beducat|\bcounsel|\bevaluat/i;

interface Entries {
  readonly put: readonly Fact[];
  readonly removed: readonly Fact[];
  /** Devices in use and orders of a product that is put in. */
  readonly kept: readonly Fact[];
}

function entriesOf({ named }: Placed, chart: Chart): Entries {
  const mine = chart.facts
    .filter((fact) => fact.part === undefined && !isVoid(fact) && fact.names.some((name) => named.test(name)))
    .filter((fact) => fact.date === undefined || compareFhirDates(fact.date, chart.asOf) <= 0)
    .sort(newestFirst);
  const says = (fact: Fact, what: RegExp): boolean => [fact.name, ...fact.names].some((name) => what.test(name));
  const done = mine.filter(({ kind, status }) => kind === 'procedure' && status === 'completed');
  const removed = done.filter((fact) => says(fact, REMOVAL) && !says(fact, RENEWED));
  return {
    put: done.filter((fact) => !removed.includes(fact) && !says(fact, TENDED)),
    removed,
    kept: mine.filter(({ kind }) => kind === 'device' || kind === 'medication'),
  };
}

const isAny = ({ put, removed, kept }: Entries): boolean => put.length + removed.length + kept.length > 0;

/** "Does she still have an IUD", "is the cast still on": nothing but whether it is there now, of a device that the record tells of. */
export function deviceAsked(clause: Clause, chart: Chart): Question | undefined {
  const { text, times } = clause;
  if (times.time || times.compare) return undefined;
  const device = DEVICES.find(({ said }) => said.test(text));
  if (!device) return undefined;
  const rest =
    text
      .toLowerCase()
      .replace(device.said, ' ')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const asks = /^\W*(?:(?:and|so|but) )?(?:does|do|is|are|has)\b|\bstill\b/i.test(text);
  if (!asks || !rest.every((word) => FRAME.has(word)) || !isAny(entriesOf(device, chart))) return undefined;
  return {
    aspect: 'exists',
    kinds: ['device', 'procedure', 'medication'],
    concepts: [],
    name: device.name,
    text,
    device: device.name,
    polar: true,
    expects: 'yes',
  };
}

const listedOnce = (facts: readonly Fact[]): readonly Fact[] =>
  facts.filter((fact, index) => facts.findIndex(({ id }) => id === fact.id) === index);

/** What was put in is there until it was taken out: weighed by a later removal and by what its device and order entries say. */
export function askedInPlace({ question, chart }: Scope): Found | undefined {
  const device = DEVICES.find(({ name }) => name === question.device);
  const known = device && entriesOf(device, chart);
  if (!known || !isAny(known)) return undefined;
  const { put, removed, kept } = known;
  const inForce = kept.filter((fact) => isActive(fact, chart.asOf));
  const over = kept.filter((fact) => isPast(fact, chart.asOf));
  const [out] = removed;
  const since = (fact: Fact): boolean => !out?.date || !fact.date || compareFhirDates(fact.date.slice(0, 10), out.date.slice(0, 10)) >= 0;
  const placedSince = put.filter(since);
  const give = (polarity: 'yes' | 'no' | 'unknown', facts: readonly Fact[], notes: readonly Note[]): Found => {
    const shown = listedOnce(facts);
    return { outcome: polarity === 'no' ? 'absent' : 'found', facts: shown, considered: shown, polarity, notes };
  };
  const note = (kind: Note['kind'], text: string, facts: readonly Fact[]): Note => ({ kind, text, facts });
  if (out && placedSince.length === 0) {
    const later = inForce.filter((fact) => fact.date !== undefined && since(fact) && out.date !== undefined && fact.date > out.date);
    const facts = [out, ...put.slice(0, 1), ...kept];
    if (later.length > 0)
      return give(
        'unknown',
        [...later, ...facts],
        [note('qualifier', `a removal is recorded, and a later entry of it is active`, [...later, out])],
      );
    if (inForce.length > 0)
      return give('unknown', facts, [
        note('qualifier', `a removal is recorded; ${inForce[0]!.name} is still listed as active`, [out, ...inForce]),
      ]);
    return give('no', facts, [note('no-longer', 'removed', [out])]);
  }
  const newest = placedSince.slice(0, 1);
  const outTheSameDay = out?.date && newest[0]?.date?.slice(0, 10) === out.date.slice(0, 10) ? [out] : [];
  if (inForce.length > 0) return give('yes', [...inForce, ...newest, ...outTheSameDay], []);
  const endedSince = over.filter(({ date, end }) => !newest[0]?.date || (end ?? date ?? '').slice(0, 10) >= newest[0].date.slice(0, 10));
  if (endedSince.length > 0) {
    const [ended] = endedSince;
    const text = `${ended!.name} ${ended!.end ? `ended on ${formatDate(ended!.end)}` : 'is not active any more'}; no removal is recorded since`;
    // Without a day on which it was put in, the entry that ended is all that there is.
    if (newest.length === 0) return give('no', [...endedSince], [note('no-longer', 'not active any more', endedSince)]);
    return give('unknown', [...endedSince, ...newest], [note('qualifier', text, endedSince)]);
  }
  if (device.lasting && outTheSameDay.length === 0) return give('yes', newest, []);
  return give(
    'unknown',
    [...newest, ...outTheSameDay],
    [
      note(
        'qualifier',
        `no removal ${outTheSameDay.length > 0 ? 'after it ' : ''}is recorded; whether it is still in place the record does not say`,
        newest,
      ),
    ],
  );
}
