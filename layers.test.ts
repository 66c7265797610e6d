import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Folders by level: a file imports from its own level or one before it. */
const LEVELS = [
  ['data', 'prompts', 'language'],
  ['db', 'records'],
  ['retrieval', 'grounding'],
  ['tools'],
  ['agents'],
  ['evals', 'server', 'cli', 'bench'],
];
/** Packages that only these folders may know, so that each can be replaced behind its port. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  '@medplum/': ['records'],
  '@electric-sql/': ['db'],
  pg: ['db'],
  '@langchain/': ['agents', 'db'],
};
const isTest = (file: string): boolean => /\.(test|spec|fixture)\.ts$/.test(file);
const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '');
const levelOf = (file: string): number => LEVELS.findIndex((level) => level.includes(folderOf(file)));

interface Import {
  readonly from: string;
  readonly to: string;
  readonly names: readonly string[];
  readonly typeOnly: boolean;
}

/** Every static, bare and dynamic import and re-export of a file; relative ones as paths from the root. */
function importsOf(from: string, source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statements =
    /\b(?:import|export)\s+(type\s)?([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]|new URL\(\s*['"](\.[^'"]*\.ts)['"]/g;
  return [...code.matchAll(statements)].map(([, type, clause = '', named, bare, url]) => {
    const target = (named ?? bare ?? url)!;
    return {
      from,
      to: target.startsWith('.') ? posix.join(dirname(from), target) : target,
      names: clause.match(/\w+/g)?.filter((word) => word !== 'type' && word !== 'as') ?? [],
      typeOnly: type !== undefined,
    };
  });
}

function violations(files: ReadonlyMap<string, string>): string[] {
  const imports = [...files].flatMap(([file, source]) => importsOf(file, source)).filter(({ from }) => !isTest(from));
  const composed = imports.filter(({ from, typeOnly }) => from === 'compose.ts' && !typeOnly);
  const found: string[] = [];
  for (const { from, to, names, typeOnly } of imports) {
    const say = (rule: string) => found.push(`${from} -> ${to}: ${rule}`);
    const [folder, target] = [folderOf(from), folderOf(to)];
    if (!files.has(to)) {
      const owner = Object.entries(OWNERS).find(([name]) => to === name || (name.endsWith('/') && to.startsWith(name)));
      if (owner && !typeOnly && folder !== '' && !owner[1].includes(folder)) say(`only ${owner[1].join(', ')} may know this package`);
    } else if (isTest(to)) say('a test is imported');
    else if (posix.basename(to) === 'contract.ts' || to === 'errors.ts') continue;
    else if (folder === 'web') say('the page knows contracts only');
    else if (to === 'compose.ts' && levelOf(from) !== LEVELS.length - 1) say('only the outermost level knows the composition');
    else if (to === 'config.ts' && !typeOnly && folder !== '' && levelOf(from) !== LEVELS.length - 1)
      say('settings are read outside and handed in');
    else if (folder !== '' && target !== '' && levelOf(to) > levelOf(from)) say('imports run one way');
    else if (
      !['', target].includes(folder) &&
      levelOf(from) !== LEVELS.length - 1 &&
      composed.some((made) => made.to === to && made.names.some((name) => /^(create|open)[A-Z]/.test(name) && names.includes(name)))
    )
      say('only compose.ts makes this');
  }
  for (const file of files.keys())
    if (folderOf(file) !== '' && levelOf(file) < 0 && !['web', 'scripts'].includes(folderOf(file)))
      found.push(`${file}: its folder has no level`);
  return [
    ...found,
    ...cycles(
      imports.filter(({ typeOnly }) => !typeOnly),
      'files',
      (path) => path,
    ),
    ...cycles(
      imports.filter(({ to }) => posix.basename(to) !== 'contract.ts'),
      'folders',
      folderOf,
    ),
  ];
}

/** Ways round in the graph of `name(from) -> name(to)`, each once. */
function cycles(imports: readonly Import[], what: string, name: (path: string) => string): string[] {
  const next = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    if (name(from) !== '' && name(to) !== '' && to.endsWith('.ts') && (what === 'files' || name(from) !== name(to)))
      next.set(name(from), (next.get(name(from)) ?? new Set()).add(name(to)));
  }
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): void => {
    if (path.includes(node)) found.push(`cycle of ${what}: ${[...path.slice(path.indexOf(node)), node].join(' -> ')}`);
    if (done.has(node) || path.includes(node)) return;
    for (const other of next.get(node) ?? []) walk(other, [...path, node]);
    done.add(node);
  };
  for (const node of next.keys()) walk(node, []);
  return found;
}

describe('the import rule', () => {
  it('holds in the whole tree', () => {
    const folders = readdirSync('.', { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name),
    );
    const inside = folders.flatMap(({ name }) =>
      readdirSync(name, { recursive: true }).map((path) => `${name}/${String(path).replaceAll('\\', '/')}`),
    );
    const paths = [...readdirSync('.'), ...inside].filter((path) => path.endsWith('.ts'));
    expect(paths.length).toBeGreaterThan(30);
    expect(violations(new Map(paths.map((path) => [path, readFileSync(path, 'utf8')])))).toEqual([]);
  });

  const base = {
    'compose.ts': "import { createX } from './records/x.ts';",
    'records/x.ts': '',
    'records/contract.ts': '',
    'agents/a.ts': '',
    'language/l.ts': '',
  };
  it.each([
    ['an outer level', 'language/bad.ts', "import { a } from '../records/x.ts';", 'one way'],
    ['types of an outer level', 'language/bad.ts', "import type { A } from '../agents/a.ts';", 'one way'],
    ['an import over several lines', 'records/bad.ts', "import {\n  a,\n  b,\n} from '../agents/a.ts';", 'one way'],
    ['a dynamic import', 'records/bad.ts', "const a = await import('../agents/a.ts');", 'one way'],
    ['a re-export', 'records/bad.ts', "export * from '../agents/a.ts';", 'one way'],
    ['an import for its effect', 'records/bad.ts', "import '../agents/a.ts';", 'one way'],
    ['a module named by URL', 'records/bad.ts', "await import(new URL('../agents/a.ts', import.meta.url).href);", 'one way'],
    ['a foreign package', 'language/bad.ts', "import pg from 'pg';", 'package'],
    ['the composition', 'agents/bad.ts', "import { compose } from '../compose.ts';", 'composition'],
    ['a composed part made elsewhere', 'agents/bad.ts', "import { createX } from '../records/x.ts';", 'only compose.ts makes'],
    ['a folder without a level', 'helpers/bad.ts', '', 'no level'],
    ['a cycle', 'records/x.ts', "import './x2.ts';", 'cycle of files'],
  ])('finds %s', (_, file, source, rule) => {
    const files = new Map(Object.entries({ ...base, 'records/x2.ts': "import './x.ts';", [file]: source }));
    expect(violations(files).join('\n')).toContain(rule);
  });
  it('lets contracts be known everywhere, tests see everything, and comments say anything', () => {
    const files = {
      ...base,
      'language/a.ts': "import type { Fact } from '../records/contract.ts';\n// import { a } from '../agents/a.ts';",
      'language/a.test.ts': "import { a } from '../agents/a.ts';",
    };
    expect(violations(new Map(Object.entries(files)))).toEqual([]);
  });
});
