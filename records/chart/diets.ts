import type { FhirResource } from '../contract.ts';
import { type Codeable, codeables, date, list, notes, obj, periodOf, str, strings, token, words } from './fhir.ts';
import { lowerCase, sentenceName } from './names.ts';
import { type Draft, details, distinct, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { statusOf } from './statuses.ts';
import { quantityText, readQuantity } from './values.ts';

/** NutritionOrder: the diet, supplements or tube feeding that was ordered. */
export function readNutritionOrder(resource: FhirResource, reader: Reader): readonly Draft[] {
  const oral = obj(resource.oralDiet);
  const enteral = obj(resource.enteralFormula);
  const diets = codeables(oral?.type);
  const formula = words(enteral?.baseFormulaType) ?? str(enteral?.baseFormulaProductName);
  const supplements = list(resource.supplement).flatMap((item) => words(item.type) ?? str(item.productName) ?? []);
  const named = [
    ...diets.map((item) => item.label ?? item.codes[0]!.code),
    ...(formula ? [`enteral feeding with ${formula}`] : []),
    ...supplements,
  ];
  const instruction = str(oral?.instruction) ?? str(enteral?.administrationInstruction);
  if (named.length === 0 && !instruction) return [];
  const label = named.length > 0 ? named.join(', ') : 'nutrition order';
  const code: Codeable = {
    label,
    names: distinct([label, ...diets.flatMap((item) => item.names), 'diet']),
    codes: diets.flatMap((item) => item.codes),
  };
  const recordedStatus = token(resource.status);
  const nutrients = list(oral?.nutrient).flatMap((item) => {
    const amount = readQuantity(item.amount);
    const name = words(item.modifier);
    return name ? [amount ? `${lowerCase(name)} ${quantityText(amount)}` : lowerCase(name)] : [];
  });
  const schedule = periodOf(obj(obj(list(oral?.schedule)[0])?.repeat)?.boundsPeriod);
  return [
    draft({
      kind: 'order',
      name: /\bdiet\b|feeding|order/i.test(label) ? sentenceName(label) : `${sentenceName(label)} diet`,
      code,
      concepts: ['social/diet', 'section/orders'],
      status: statusOf(recordedStatus),
      recordedStatus,
      date: date(resource.dateTime) ?? schedule.date,
      end: schedule.end,
      visit: visitOf(resource),
      people: peopleOf([resource.orderer].filter(Boolean), resource, reader),
      details: details({
        nutrients: nutrients.join(', ') || undefined,
        texture: distinct(list(oral?.texture).map((item) => words(item.modifier))).join(', ') || undefined,
        fluid: distinct(codeables(oral?.fluidConsistencyType).map((item) => item.label)).join(', ') || undefined,
        excluded: distinct(codeables(resource.excludeFoodModifier).map((item) => item.label)).join(', ') || undefined,
        preference: distinct(codeables(resource.foodPreferenceModifier).map((item) => item.label)).join(', ') || undefined,
        instruction: instruction ?? strings(resource.instructions)[0],
        note: notes(resource),
      }),
    }),
  ];
}
