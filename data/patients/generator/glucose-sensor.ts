/** What a glucose sensor (CGM) showed over a period, as its report gives it. */
export interface SensorSummary {
  /** Days that the report spans. */
  readonly days: number;
  /** mg/dL. */
  readonly mean: number;
  /** Share of readings from 70 to 180 mg/dL, percent. */
  readonly inRange: number;
  /** Share of readings from 54 to 69 mg/dL, percent. */
  readonly below: number;
}

/** The HbA1c (percent) that a mean sensor glucose (mg/dL) would go with: Bergenstal et al., Diabetes Care 2018;41:2275. */
export const glucoseManagementIndicator = (mean: number): number => Number((3.31 + 0.02392 * mean).toFixed(1));

/** Its results by the key of their test. */
export const sensorResults = ({ mean, inRange, below }: SensorSummary): readonly (readonly [test: string, value: number])[] => [
  ['sensor-glucose', mean],
  ['time-in-range', inRange],
  ['time-below-range', below],
  ['gmi', glucoseManagementIndicator(mean)],
];
