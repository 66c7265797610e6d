/** "colonoscopies", "heart drugs"; a name that has its own plural or none stays as it is. */
export const plural = (name: string): string =>
  /(?:s|x|ia|is|um|uria|emia|\))$/i.test(name) ? name : /[^aeiou]y$/i.test(name) ? name.replace(/y$/i, 'ies') : `${name}s`;

/** "active allergy" of "active allergies": one of what a name in the plural counts. Words that only end like one ("mumps", "status") stay. */
export const singular = (name: string): string => name.replace(/\b[a-z][\w-]*s(?=$| and )/gi, one).replace(/ and (?=\S+$)/, ' or ');

const SINGULARS =
  /^(?:diabetes|herpes|rabies|scabies|caries|rickets|mumps|measles|shingles|hives|series|species|ascites|biceps|lens|pus)$/i;

function one(word: string): string {
  if (SINGULARS.test(word) || /(?:ss|us|is)$/i.test(word) || /^[A-Z]+$/.test(word)) return word;
  if (/ies$/i.test(word)) return word.replace(/ies$/i, 'y');
  if (/(?:ss|ch|sh|x)es$/i.test(word)) return word.replace(/es$/i, '');
  return word.slice(0, -1);
}
