import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readLine } from './batch.ts';

const schema = z.object({ id: z.union([z.string(), z.number()]).transform(String), question: z.string() });

describe('readLine', () => {
  test('a good line', () => {
    expect(readLine('{"id":7,"question":"K?"}', 1, schema)).toEqual({ ok: true, line: { id: '7', question: 'K?' } });
  });

  test.each([
    ['{"id":"a"', 'line-3', /Line 3 is not JSON/],
    ['{"id":"a"}', 'a', /Line 3: question: /],
    ['{"id":5,"question":9}', '5', /Line 3: question: /],
    ['{"question":"K?"}', 'line-3', /Line 3: id: /],
    ['null', 'line-3', /Line 3: line: /],
    ['[]', 'line-3', /Line 3: line: /],
    ['{"id":{"x":1},"question":"K?"}', 'line-3', /Line 3: id: /],
  ])('%s is a failed result that names the fault', (text, id, error) => {
    expect(readLine(text, 3, schema)).toEqual({ ok: false, id, error: expect.stringMatching(error) });
  });
});
