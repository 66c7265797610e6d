import type { Persona } from '../generate.ts';
import { rosaDelgado } from './rosa-delgado.ts';

/** Everybody with a story, in the order in which they are shown. */
export const personas: readonly Persona[] = [rosaDelgado];
