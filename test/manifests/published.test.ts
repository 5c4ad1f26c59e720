import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { images } from '../../tools/kubernetes/images';
import { render, type Manifest } from '../../tools/kubernetes/kustomize';
import { writeOverlay } from '../../tools/release/overlay';
import { ROOT } from '../../tools/stack/folders';

const BUILD_MS = 120_000;
const VERSION = '7.8.9';
const REGISTRY = 'registry.example:5000/acme/popug';
/** Different digest for each image. */
const DIGESTS = Object.fromEntries(
  images().map(({ name }, index) => [name, `sha256:${String(index).padStart(64, 'a')}`]),
);

let folder: string;
const k8s = (...path: string[]): string => join(folder, 'k8s', ...path);

beforeEach(async () => {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  folder = mkdtempSync(join(ROOT, '.cache', 'published-'));
  for (const part of ['k8s', 'components']) {
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  await writeOverlay(k8s(), VERSION, REGISTRY, DIGESTS);
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Pod {
  containers: { image: string }[];
  initContainers?: { image: string }[];
}

function imagesIn(manifests: Manifest[]): string[] {
  const pods = manifests.flatMap(({ kind, spec }) => {
    const template = kind === 'CronJob' ? spec.jobTemplate.spec.template : spec?.template;
    return template?.spec?.containers ? [template.spec as Pod] : [];
  });
  const all = pods.flatMap(({ containers, initContainers = [] }) => [
    ...containers,
    ...initContainers,
  ]);
  return [...new Set(all.map(({ image }) => image))].sort();
}

const published = images().map(
  ({ name }) => `${REGISTRY}/${name.replace('popug/', '')}:${VERSION}@${DIGESTS[name]}`,
);

it.each(['staging', 'production'])(
  '%s of a release runs what was published, by digest, and nothing else',
  async (overlay) => {
    const manifests = await render(k8s('overlays', overlay));
    expect(imagesIn(manifests)).toEqual(published.sort());
    const job = manifests.find(({ metadata }) => metadata.name === `create-databases-${VERSION}`);
    expect(job?.kind).toBe('Job');
    const admin = await render(k8s('overlays', overlay, 'create-admin'));
    const [image, ...more] = imagesIn(admin);
    expect(published).toContain(image);
    expect(more).toEqual([]);
  },
  BUILD_MS,
);

it(
  'a version without its digests is refused: old names with new images would run',
  async () => {
    const file = k8s('overlays', 'production', 'release', 'release.env');
    const env = readFileSync(file, 'utf8');
    writeFileSync(file, env.replace(`version=${VERSION}`, 'version=7.8.8'));
    await expect(render(k8s('overlays', 'production'))).rejects.toThrow(
      `create-databases-${VERSION}`,
    );
  },
  BUILD_MS,
);

it('what is no digest is refused', async () => {
  const wrong = { ...DIGESTS, 'popug/board': 'sha256:1' };
  await expect(writeOverlay(k8s(), VERSION, REGISTRY, wrong)).rejects.toThrow('popug/board');
});
