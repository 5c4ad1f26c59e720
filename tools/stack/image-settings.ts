import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './folders';

/** The variables of the images that keep a service small (docs/adr/0036-node-24.md). */
const NAMES = ['NODE_OPTIONS', 'MALLOC_ARENA_MAX'];

/**
 * What the Dockerfile says for these variables: services run here as they do in their image.
 * Throws when it says nothing of one.
 */
export function imageSettings(): NodeJS.ProcessEnv {
  const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
  const pairs = NAMES.map((name) => {
    const [, value] = new RegExp(`^(?:ENV)? +${name}="([^"]+)"`, 'm').exec(dockerfile) ?? [];
    if (!value) throw new Error(`The Dockerfile sets no ${name}="…"`);
    return [name, value] as const;
  });
  return Object.fromEntries(pairs);
}
