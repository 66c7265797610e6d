import { generate } from '../data/patients/generate.ts';
import { personas } from '../data/patients/personas/index.ts';
import type { Figure } from './figures.ts';

const SIZES = [10, 100, 1_000];
const AS_OF = '2026-11-21';

/** Sampled patients as bundles and as text, one after the other, as the command writes them; and how much of the heap is in use at the end. */
export async function generation({ quick }: { readonly quick: boolean }): Promise<Figure[]> {
  const figures: Figure[] = [];
  let warm = false;
  for (const size of quick ? SIZES.slice(0, 2) : SIZES) {
    let [patients, resources, characters, sampledFrom] = [0, 0, 0, performance.now()];
    const started = sampledFrom;
    for (const bundle of generate({ seed: 1, asOf: AS_OF, count: personas.length + size })) {
      if (bundle.id === 'clinic') break;
      patients += 1;
      if (patients <= personas.length) {
        sampledFrom = performance.now();
        continue;
      }
      resources += bundle.entry?.length ?? 0;
      characters += JSON.stringify(bundle).length;
    }
    const ms = performance.now() - sampledFrom;
    if (!warm) figures.push({ name: `the ${personas.length} personas, tables read`, value: sampledFrom - started, unit: 'ms' });
    warm = true;
    figures.push(
      { name: `${size} sampled: speed`, value: size / (ms / 1000), unit: 'patients/s' },
      { name: `${size} sampled: a patient`, value: ms / size, unit: 'ms' },
      { name: `${size} sampled: resources a patient`, value: resources / size, unit: '' },
      { name: `${size} sampled: text`, value: characters / 1e6, unit: 'MB' },
      { name: `${size} sampled: heap in use at the end`, value: process.memoryUsage().heapUsed / 1e6, unit: 'MB' },
    );
  }
  return figures;
}
