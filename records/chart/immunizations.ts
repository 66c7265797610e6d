import type { FhirResource } from '../contract.ts';
import { codeable, codeables, date, list, notes, num, obj, str, strings, token, when, words } from './fhir.ts';
import { lateralityOf, lowerCase, sentenceName, withoutTag } from './names.ts';
import { type Draft, details, draft, peopleOf, type Reader, visitOf } from './reader.ts';
import { readReasons } from './reasons.ts';
import { statusOf } from './statuses.ts';
import { quantityText, readQuantity } from './values.ts';

/** CVX 998: no vaccine administered. https://www2.cdc.gov/vaccines/iis/iisstandards/vaccines.asp?rpt=cvx */
const NOT_ADMINISTERED = '998';

const doseNumber = (protocol: unknown) => {
  const source = obj(protocol);
  const dose = num(source?.doseNumberPositiveInt) ?? str(source?.doseNumberString) ?? num(source?.doseNumber) ?? str(source?.doseNumber);
  const all = num(source?.seriesDosesPositiveInt) ?? str(source?.seriesDosesString) ?? num(source?.seriesDoses);
  return dose === undefined ? undefined : all === undefined ? `${dose}` : `${dose} of ${all}`;
};

/** Immunization: a vaccine given, or recorded as not given. */
export function readImmunization(resource: FhirResource, reader: Reader): readonly Draft[] {
  const code = codeable(resource.vaccineCode);
  if (!code.label && code.codes.length === 0) return [];
  const recorded = token(resource.status);
  const missed =
    recorded === 'not-done' ||
    resource.wasNotGiven === true ||
    resource.notGiven === true ||
    code.codes.some((item) => item.code === NOT_ADMINISTERED);
  const time = when(resource, 'occurrence');
  const concepts = reader.link(code, ['vaccine', 'drug']);
  const protocol = list(resource.protocolApplied)[0] ?? list(resource.vaccinationProtocol)[0];
  const amount = readQuantity(resource.doseQuantity);
  const site = words(resource.site);
  const label = code.label ?? reader.terminology.get(concepts.at(-1)!)?.name ?? code.codes[0]!.code;
  const loose = str(resource.occurrenceString);
  return [
    draft({
      kind: 'immunization',
      name: vaccineName(label),
      code,
      concepts,
      status: missed ? 'missed' : statusOf(recorded),
      recordedStatus: recorded,
      negated: missed,
      date: time.date ?? date(resource.date),
      recorded: date(resource.recorded),
      statusReason: words(resource.statusReason) ?? words(obj(resource.explanation)?.reasonNotGiven),
      reasons: readReasons([resource.reasonCode], [resource.reasonReference], resource, reader),
      reactions: reactionsOf(resource, reader),
      site: site ? lowerCase(withoutTag(site)) : undefined,
      laterality: lateralityOf(site),
      visit: visitOf(resource),
      people: peopleOf(
        list(resource.performer).map((item) => item.actor ?? item),
        resource,
        reader,
      ),
      organization: reader.nameOf(resource.location, resource),
      details: details({
        doseNumber: doseNumber(protocol),
        series: str(protocol?.series),
        dose: amount && quantityText(amount),
        lot: str(resource.lotNumber),
        manufacturer: reader.nameOf(resource.manufacturer, resource),
        route: words(resource.route) && lowerCase(withoutTag(words(resource.route)!)),
        occurrence: loose,
        expires: date(resource.expirationDate),
        source: resource.primarySource === false ? 'reported by somebody else, not by who gave it' : undefined,
        subpotent: resource.isSubpotent === true ? 'subpotent dose' : undefined,
        funding: words(resource.fundingSource),
        note: notes(resource),
      }),
    }),
  ];
}

function reactionsOf(resource: FhirResource, reader: Reader): readonly string[] | undefined {
  const found = list(resource.reaction).flatMap((item) => {
    if (reader.isSetAside(item.detail, resource)) return [];
    const detail = reader.resolve(item.detail, resource);
    const name = str(obj(item.detail)?.display) ?? (detail ? (words(detail.code) ?? words(detail.valueCodeableConcept)) : undefined);
    return name ? [sentenceName(name)] : [];
  });
  return found.length > 0 ? found : undefined;
}

/** Vaccine names mix trade names, types and acronyms ("Tdap", "HPV, quadrivalent", "Influenza, seasonal"): only plain leading words lose their capital. */
const vaccineName = (label: string) => {
  const bare = withoutTag(label);
  return /^[A-Z][a-z]+(?=[\s,]|$)/.test(bare) &&
    !/^(Tdap|Td|Hib|Gardasil|Shingrix|Zostavax|Prevnar|Pneumovax|Fluzone|Havrix|Comirnaty|Spikevax|Boostrix|Adacel)\b/.test(bare)
    ? bare[0]!.toLowerCase() + bare.slice(1)
    : bare;
};

/** ImmunizationRecommendation: what the record itself forecasts, with its dates. */
export function readImmunizationRecommendation(resource: FhirResource, reader: Reader): readonly Draft[] {
  return list(resource.recommendation).flatMap((item) => {
    const code = codeable(item.vaccineCode ?? item.targetDisease);
    if (!code.label && code.codes.length === 0) return [];
    const dates = list(item.dateCriterion).flatMap((entry) => {
      const value = date(entry.value);
      return value ? [{ value, code: codeable(entry.code) }] : [];
    });
    // LOINC 30980-7: date vaccine due.
    const due = dates.find((entry) => entry.code.codes.some((part) => part.code === '30980-7')) ?? dates[0];
    const forecast = words(item.forecastStatus);
    const concepts = reader.link(code, ['vaccine', 'condition']);
    return [
      draft({
        kind: 'immunization',
        name: vaccineName(code.label ?? reader.terminology.get(concepts.at(-1)!)?.name ?? code.codes[0]!.code),
        code,
        concepts,
        status: 'planned',
        recordedStatus: token(item.forecastStatus),
        date: due?.value,
        recorded: date(resource.date),
        reasons: codeables(item.forecastReason).flatMap((reason) =>
          reason.label ? [{ text: sentenceName(reason.label), concepts: [] }] : [],
        ),
        details: details({
          recommendation: forecast ? lowerCase(forecast) : 'recommended',
          doseNumber: doseNumber(item),
          description: str(item.description) ?? strings(item.description)[0],
        }),
      }),
    ];
  });
}
