import { answer } from './answer.ts';
import type { CheckPart } from './contract.ts';
import { date } from './date.ts';
import { deniedActs } from './denied-act.ts';
import { drugAndDose } from './drug-and-dose.ts';
import { form } from './form.ts';
import { inRow } from './in-row.ts';
import { laterality } from './laterality.ts';
import { number } from './number.ts';
import { overlap } from './overlap.ts';
import { qualifier } from './qualifier.ts';
import { series } from './series.ts';
import { setting } from './setting.ts';
import { stated } from './stated.ts';
import { status } from './status.ts';
import { subject } from './subject.ts';
import { trend } from './trend.ts';

/** Every check of a statement, one line each. `series` parts are asked in order; the first that applies decides. */
export const CHECKS: readonly CheckPart[] = [
  inRow,
  series,
  trend,
  number,
  date,
  drugAndDose,
  form,
  status,
  stated,
  answer,
  setting,
  laterality,
  qualifier,
  subject,
  overlap,
  deniedActs,
];
