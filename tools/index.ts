import { chartQuestion } from './chart-question.ts';
import type { Tool } from './contract.ts';

/** Every tool an agent can have: one line each. */
export const tools = [chartQuestion] as unknown as readonly Tool[];
