import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Digests } from './publish';

const COMPONENT = {
  apiVersion: 'kustomize.config.k8s.io/v1alpha1',
  kind: 'Component',
};
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Returns the component that adds the digest to each image's tag. */
function digestsComponent(version: string, digests: Digests): object {
  for (const [name, digest] of Object.entries(digests)) {
    if (!DIGEST.test(digest)) throw new Error(`${name}: ${digest} is no digest`);
  }
  const images = Object.entries(digests).map(([name, digest]) => ({
    name,
    newTag: version,
    digest,
  }));
  return { ...COMPONENT, images };
}

/**
 * Returns the component that refuses another version than that of the digests: the Job's name ends
 * in the version of release.env, and Kustomize fails when a replacement has no source.
 */
function versionComponent(version: string): object {
  const source = { kind: 'Job', name: `create-databases-${version}`, fieldPath: 'metadata.name' };
  const targets = [
    {
      select: { kind: 'ConfigMap', name: 'release' },
      fieldPaths: ['data.digestsOf'],
      options: { create: true },
    },
  ];
  return { ...COMPONENT, replacements: [{ source, targets }] };
}

/** Sets version and registry; the other lines belong to the operator. */
function withRelease(env: string, version: string, registry: string): string {
  return env
    .replace(/^version=.*$/m, `version=${version}`)
    .replace(/^images=.*$/m, `images=${registry}`);
}

/**
 * Writes a release into the manifests in `k8s`: digests of the images, and version and registry in
 * the release.env of each overlay that uses published images. The same input gives the same files.
 */
export async function writeOverlay(
  k8s: string,
  version: string,
  registry: string,
  digests: Digests,
): Promise<void> {
  const components = {
    digests: digestsComponent(version, digests),
    version: versionComponent(version),
  };
  for (const [name, component] of Object.entries(components)) {
    const says = `# Release ${version}, by \`npm run release -- overlay\`.\n`;
    const file = join(k8s, 'published', name, 'kustomization.yaml');
    await writeFile(file, says + stringify(component));
  }
  const overlays = await readdir(join(k8s, 'overlays'));
  for (const overlay of overlays) {
    const file = join(k8s, 'overlays', overlay, 'release', 'release.env');
    if (!existsSync(file)) continue;
    await writeFile(file, withRelease(await readFile(file, 'utf8'), version, registry));
  }
}
