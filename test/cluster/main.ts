/**
 * `npm run cluster:test [-- options] [scenes]`: tests the product on the cluster of the current
 * context, scene by scene. Requirements and duration: CONTRIBUTING.md.
 */
import { parseArgs } from 'node:util';
import { buildImages } from '../../tools/kubernetes/images';
import { Report } from './report';
import { accessControl } from './scenes/access-control';
import { faults } from './scenes/faults';
import { liveHints, silentStream } from './scenes/live';
import { network } from './scenes/network';
import { measures } from './scenes/measures';
import { node } from './scenes/node';
import { overlays } from './scenes/overlays';
import { reconciliation } from './scenes/reconciliation';
import { start } from './scenes/start';
import { nextVersion, updates } from './scenes/updates';
import { worker } from './scenes/worker';
import { runProgram } from '../../services/shared/runtime/run-program';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  /** Tag of the images, and the version to apply. */
  tag: { ...text, default: 'dev' },
  /** The images are in the cluster already. */
  'no-build': flag,
};

type Scene = (report: Report, tag: string) => Promise<void>;

/** Scenes by number, in the order in which they run. */
const SCENES: readonly (readonly [number: string, scene: Scene])[] = [
  ['1', start],
  ['3', network],
  ['4', accessControl],
  // Before the load scenes: their fees make balances negative, and nobody would be paid.
  ['6', worker],
  ['10a', silentStream],
  ['10b', liveHints],
  ['11', reconciliation],
  ['5a', updates],
  ['5b', faults],
  ['7', node],
  ['8', overlays],
  ['9', measures],
];

/** Returns whether `asked` chooses the scene: `5` chooses `5a` and `5b`, `1` does not choose `11`. */
function isAsked(number: string, asked: string): boolean {
  return number === asked || number.replace(/[a-z]$/, '') === asked;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (!values['no-build']) {
    for (const tag of [values.tag, nextVersion(values.tag)]) await buildImages(tag);
  }
  const report = new Report();
  const chosen = SCENES.filter(([number]) => {
    return positionals.length === 0 || positionals.some((asked) => isAsked(number, asked));
  });
  if (chosen.length === 0) throw new Error(`There is no scene ${positionals.join(', ')}`);
  for (const [, scene] of chosen) {
    await scene(report, values.tag).catch((error: unknown) => {
      report.check('the scene was not played to its end', false, error);
    });
  }
  return report.finish() ? 0 : 1;
}

runProgram(main);
