/**
 * Runs a task of package.json after making sure that node_modules matches the lockfile. Uses nothing outside Node itself.
 * Standard output belongs to the task: everything said here goes to standard error.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureInstalled, InstallError } from './install.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Tools run as a process of their own; `check` runs its steps one after the other and reports all of them. */
const TOOLS = {
  test: [['vitest', 'run']],
  check: [
    ['biome', 'check'],
    ['tsc', '--project', '.'],
    ['vitest', 'run'],
  ],
  format: [['biome', 'check', '--write']],
};
/** Where the package of a tool keeps its program. */
const PROGRAMS = {
  vitest: 'vitest/vitest.mjs',
  biome: '@biomejs/biome/bin/biome',
  tsc: 'typescript/bin/tsc',
};
/** Options of our commands that npm takes for its own when "--" is forgotten. */
const OPTIONS = ['patient', 'batch', 'thread', 'data', 'limit', 'seed', 'json'];

export async function launch([task, ...args]) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const commands = Object.keys(scripts).filter((name) => existsSync(join(root, 'cli', `${name}.ts`)));
  const steps = Object.hasOwn(TOOLS, task ?? '') ? TOOLS[task] : undefined;
  if (!steps && !commands.includes(task)) {
    fail(2, `Usage: npm run <task> [-- arguments]. Tasks: ${[...Object.keys(TOOLS), ...commands].sort().join(', ')}`);
  }
  if (!steps) refuseSwallowedOptions(task, args);
  try {
    await ensureInstalled(root, { development: steps !== undefined, say: (line) => process.stderr.write(`${line}\n`) });
  } catch (error) {
    if (error instanceof InstallError) fail(error.exitCode, error.message);
    throw error;
  }
  if (steps) process.exitCode = await runSteps(steps, args);
  else await runCommand(task, args);
}

/**
 * Runs cli/<task>.ts in this process: standard input, signals and the exit code are the command's own. Where Node reads TypeScript by
 * itself (22.18 and newer) it does; tsx does it elsewhere.
 */
async function runCommand(task, args) {
  process.stdout.on('error', (error) => {
    if (error.code === 'EPIPE') process.exit(0); // the reader (head, less) has gone
    throw error;
  });
  // With these set in the user's shell, LangGraph would send or print the whole state: a patient's record.
  for (const name of Object.keys(process.env)) if (/^LANG(SMITH|CHAIN)_/.test(name)) delete process.env[name];
  // npm runs scripts in the project's folder; files are named from where the user stands.
  if (process.env.npm_lifecycle_event === task && process.env.INIT_CWD && existsSync(process.env.INIT_CWD))
    process.chdir(process.env.INIT_CWD);
  module.enableCompileCache?.();
  if (!process.features.typescript) (await import('tsx/esm/api')).register();
  const file = join(root, 'cli', `${task}.ts`);
  process.argv = [process.argv[0], file, ...args];
  await import(pathToFileURL(file).href);
}

async function runSteps(steps, args) {
  let worst = 0;
  for (const [tool, ...fixed] of steps) {
    const several = steps.length > 1;
    if (several) process.stderr.write(`\n> ${[tool, ...fixed].join(' ')}\n`);
    const code = await runTool(tool, [...fixed, ...(several ? [] : args)]);
    if (code !== 0) worst = worst || code;
    if (several && code !== 0) process.stderr.write(`> ${tool} failed (exit code ${code})\n`);
  }
  return worst;
}

/** The exit code of the tool; a signal that ends it ends this process as well. */
function runTool(tool, args) {
  const program = join(root, 'node_modules', PROGRAMS[tool]);
  if (!existsSync(program)) fail(1, `${tool} is not installed (${program}): run "npm ci"`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit' });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass);
      if (signal) process.kill(process.pid, signal);
      else resolve(code ?? 1);
    });
  });
}

/** `npm run ask --patient x "..."` gives npm the option, and the command never sees it: say so instead of answering something else. */
function refuseSwallowedOptions(task, args) {
  const swallowed = OPTIONS.filter((name) => process.env[`npm_config_${name}`] === 'true' && !args.includes(`--${name}`));
  if (swallowed.length === 0) return;
  const names = swallowed.map((name) => `--${name}`).join(' and ');
  const text = `npm has taken ${names} for itself: put "--" before the options, as in: npm run ${task} -- ${swallowed.map((name) => `--${name}`).join(' ')} ...`;
  if (swallowed.every((name) => name === 'json')) process.stderr.write(`${text}\n`);
  else fail(2, text);
}

function fail(code, text) {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}
