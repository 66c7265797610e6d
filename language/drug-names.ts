import type { Terminology } from './contract.ts';
import { type DrugProduct, type Ingredient, productName, drugProduct as readProduct } from './terminology/products.ts';
import { baseTerminology } from './terminology.ts';

export type { DrugProduct, Ingredient, Strength } from './terminology/products.ts';
export { productName };

/** The product that a display or a free-text order names, its combination and ingredients; see `terminology/products.ts`. */
export function drugProduct(display: string, terminology: Terminology = baseTerminology()): DrugProduct {
  return readProduct(display, terminology);
}

/** Ingredients of the product that a display names, with the strengths that it states. */
export function ingredientsOf(display: string, terminology: Terminology = baseTerminology()): readonly Ingredient[] {
  return readProduct(display, terminology).ingredients;
}
