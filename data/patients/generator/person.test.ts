import { expect, test } from 'vitest';
import { nameText } from './person.ts';

test('a name is written as its script writes it', () => {
  expect(nameText({ given: 'Руфь', family: 'Фельдман' })).toBe('Руфь Фельдман');
  expect(nameText({ given: '花', family: '高橋' })).toBe('高橋花');
  expect(nameText({ given: '지우', family: '김' })).toBe('김지우');
});
