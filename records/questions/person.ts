import { formatDate } from '../../language/dates.ts';
import { standingOf } from '../needs/stated.ts';
import { askedAgeThen, closeAge } from './age.ts';
import type { Question } from './contract.ts';
import { isRelative } from './kin.ts';
import type { Found, Scope } from './scope.ts';
import { isVoid, newestFirst } from './select.ts';

type Field = NonNullable<Question['field']>;

/** Details of the patient fact that each field reads, and how a sentence calls it. */
const FIELDS: Readonly<
  Record<Exclude<Field, 'all' | 'name' | 'age' | 'deceased'>, { readonly label: string; readonly details: readonly string[] }>
> = {
  'birth-date': { label: 'date of birth', details: ['birthDate'] },
  gender: { label: 'gender', details: ['gender', 'birthSex'] },
  address: { label: 'address', details: ['address'] },
  phone: { label: 'phone', details: ['phone'] },
  email: { label: 'email', details: ['email'] },
  language: { label: 'language', details: ['languages', 'language'] },
  'marital-status': { label: 'marital status', details: ['maritalStatus'] },
  race: { label: 'race', details: ['race'] },
  ethnicity: { label: 'ethnicity', details: ['ethnicity'] },
  'birth-place': { label: 'place of birth', details: ['birthPlace'] },
  'record-number': { label: 'medical record number', details: ['recordNumber'] },
  contact: { label: 'contact', details: ['contact'] },
  'primary-care': { label: 'primary care', details: ['primaryCare'] },
};

/** Who the patient is, as the record states it. */
export function askedField(scope: Scope): Found {
  const { question, chart } = scope;
  const field = question.field!;
  const facts = chart.facts.filter((fact) => fact.kind === 'patient');
  const own = facts.find((fact) => fact.id === `Patient/${chart.patientId}`) ?? facts[0];
  const about = own ? [own] : [];
  const { patient } = chart;
  const said = (label: string, text: string | undefined): Found =>
    text
      ? {
          outcome: 'found',
          facts: about,
          considered: about,
          field: { label, text },
          ...(question.polar ? { polarity: 'unknown' as const } : {}),
        }
      : { outcome: 'not-recorded', facts: [], considered: about, instead: [], searched: label };
  switch (field) {
    case 'all':
      return { outcome: about.length > 0 ? 'found' : 'not-recorded', facts: about, considered: about };
    case 'name':
      return said('name', patient.name);
    case 'age': {
      if (question.time) return askedAgeThen(scope, about);
      const { birthDate, deceased } = patient;
      const lived = [birthDate && `born ${formatDate(birthDate)}`, typeof deceased === 'string' && `died ${formatDate(deceased)}`].filter(
        (text) => typeof text === 'string',
      );
      const close =
        typeof birthDate === 'string' && deceased !== true
          ? closeAge(birthDate, typeof deceased === 'string' ? deceased : chart.asOf)
          : undefined;
      if (close && chart.age === undefined) return { ...said('date of birth', formatDate(birthDate!)), notes: [close] };
      if (close) return { ...said('age', `${chart.age} years (${lived.join('; ')})`), notes: [close] };
      return said('age', chart.age === undefined ? undefined : `${chart.age} years${lived.length > 0 ? ` (${lived.join('; ')})` : ''}`);
    }
    case 'deceased':
      if (patient.deceased)
        return {
          ...said('died', typeof patient.deceased === 'string' ? formatDate(patient.deceased) : 'yes, date not recorded'),
          polarity: 'yes',
        };
      return { outcome: 'not-recorded', facts: [], considered: about, instead: [], searched: 'death', polarity: 'unknown' };
    default: {
      const { label, details } = FIELDS[field];
      const text = details.map((key) => own?.details?.[key]).find((value) => value !== undefined);
      if (question.relative) {
        const named = facts.filter((fact) => fact !== own && isRelative(fact.details?.relationship, question.relative!));
        if (named.length > 0) return { outcome: 'found', facts: named, considered: facts };
        if (!isRelative(text, question.relative))
          return { outcome: 'not-recorded', facts: [], considered: facts, instead: [], searched: question.relative };
      }
      const contacts = field === 'contact' && !text ? facts.filter((fact) => fact.details?.relationship) : [];
      if (contacts.length > 0) return { outcome: 'found', facts: contacts, considered: facts };
      if (field === 'primary-care' && !text) {
        const team = chart.facts.filter((fact) => fact.kind === 'care-team');
        if (team.length > 0) return { outcome: 'found', facts: team, considered: team };
        const [seen] = chart.facts.filter((fact) => fact.kind === 'visit' && !isVoid(fact) && fact.people?.length).sort(newestFirst);
        if (seen)
          return {
            ...said(label, undefined),
            instead: [seen],
            notes: [{ kind: 'elsewhere', text: 'whom the newest visit names is shown', facts: [seen] }],
          };
      }
      // An address that is there may be where mail goes: who has no home does not live at it.
      const housing = field === 'address' && !question.relative ? standingOf(chart.facts, 'housing') : undefined;
      if (housing?.met === false) {
        if (text) {
          const note = { kind: 'qualifier' as const, text: 'the record says that the patient has no housing', facts: housing.facts };
          return { ...said(label, text), notes: [note] };
        }
        return {
          outcome: 'not-recorded',
          facts: [],
          considered: about,
          instead: housing.facts,
          searched: label,
          notes: [{ kind: 'elsewhere', text: 'what the record says of housing is shown', facts: housing.facts }],
        };
      }
      return said(label, text);
    }
  }
}
