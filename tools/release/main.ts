/**
 * Runs the steps of a release, in the order of .github/workflows/release.yml:
 *
 *   npm run release -- check v0.2.0
 *       checks that package.json and CHANGELOG.md agree with the tag
 *   npm run release -- notes v0.2.0
 *       prints the section of the changelog
 *   npm run release -- publish v0.2.0 ghcr.io/acme/popug digests.json
 *       builds, pushes and signs the images, and writes their digests
 *   npm run release -- overlay v0.2.0 ghcr.io/acme/popug digests.json
 *       writes the digests into k8s/published and the overlays
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../services/shared/runtime/run-program';
import { ROOT } from '../stack/folders';
import { checkedVersion, releaseNotes } from './changelog';
import { writeOverlay } from './overlay';
import { publish, type Digests } from './publish';

const STEPS = ['check', 'notes', 'publish', 'overlay'];
const K8S = join(ROOT, 'k8s');

const read = (file: string): Promise<string> => readFile(join(ROOT, file), 'utf8');

async function main(): Promise<void> {
  const [step = '', tag = '', registry, file] = process.argv.slice(2);
  if (!STEPS.includes(step)) throw new Error(`Which step? ${STEPS.join(', ')}`);
  const packaged = (JSON.parse(await read('package.json')) as { version: string }).version;
  const changelog = await read('CHANGELOG.md');
  const version = checkedVersion(tag, packaged, changelog);
  if (step === 'check') return console.log(version);
  if (step === 'notes') return console.log(releaseNotes(changelog, version));
  if (!registry || !file) throw new Error(`${step} wants a registry and the file of digests`);
  if (step === 'publish') {
    return writeFile(file, JSON.stringify(await publish(version, registry), null, 2));
  }
  const digests = JSON.parse(await readFile(file, 'utf8')) as Digests;
  return writeOverlay(K8S, version, registry, digests);
}

runProgram(main);
