import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function run(args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

describe('scripts/run.mjs', () => {
  it('names the tasks when it does not know one', () => {
    const { status, stdout, stderr } = run(['constructor']);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Usage: .*Tasks: .*\bask\b.*\btest\b/);
  });

  it('runs a command in its own process: its output alone on standard output, its exit code kept', () => {
    expect(run(['eval', '--help'])).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^npm run eval/) });
    expect(run(['eval', 'no-such-suite'])).toMatchObject({ status: 2, stdout: '' });
  });

  it('stops when npm has taken the options for itself', () => {
    const { status, stderr } = run(['ask', 'Jane', 'how is she?'], { npm_config_patient: 'true' });
    expect(status).toBe(2);
    expect(stderr).toContain('npm run ask -- --patient');
  });

  it('reads file names from the folder where the user stands', () => {
    const folder = join(tmpdir(), 'no bundles here');
    mkdirSync(folder, { recursive: true });
    const { stderr } = run(['eval', 'record', '--data', 'missing'], { npm_lifecycle_event: 'eval', INIT_CWD: folder });
    expect(stderr).toContain(join(folder, 'missing'));
  });

  it('gives the exit code of a tool', () => {
    expect(run(['test', '--no-such-option-at-all']).status).not.toBe(0);
  });
});
