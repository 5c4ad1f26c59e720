import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { images, type Image } from '../kubernetes/images';
import { ROOT } from '../stack/folders';

const run = promisify(execFile);

const PLATFORMS = 'linux/amd64,linux/arm64';
/** Key in buildx's metadata: digest of the index with the images of all platforms. */
const DIGEST = 'containerimage.digest';

/** Digests of images by name, for instance `popug/board` → `sha256:…`. */
export type Digests = Readonly<Record<string, string>>;

/**
 * Returns the name of an image in a registry; `registry` is the value of `images` in release.env.
 */
function publishedName({ name }: Image, registry: string): string {
  return `${registry}/${name.slice(name.indexOf('/') + 1)}`;
}

/**
 * Returns the arguments to build an image for every platform, with SBOM and provenance, and push
 * it.
 */
function buildArguments(image: Image, version: string, registry: string, metadata: string) {
  return [
    ...['buildx', 'build', ROOT, '--platform', PLATFORMS, '--push'],
    ...['--sbom=true', '--provenance=mode=max', '--metadata-file', metadata],
    ...['--label', `org.opencontainers.image.version=${version}`],
    ...['-t', `${publishedName(image, registry)}:${version}`, ...image.buildArguments],
  ];
}

function show(program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}`));
    });
  });
}

async function publishImage(image: Image, version: string, registry: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'popug-release-'));
  try {
    const metadata = join(folder, 'metadata.json');
    await show('docker', buildArguments(image, version, registry, metadata));
    const said = JSON.parse(await readFile(metadata, 'utf8')) as Record<string, string>;
    const digest = said[DIGEST];
    if (!digest) throw new Error(`docker buildx says no digest of ${image.name}`);
    // Keyless: signed with the identity of the workflow that runs the release.
    await show('cosign', ['sign', '--yes', `${publishedName(image, registry)}@${digest}`]);
    return digest;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Builds, pushes and signs every image; returns their digests. Requires `cosign` and `docker` with
 * buildx, logged in to the registry. Throws when an image is already published: a published version
 * never changes.
 */
export async function publish(version: string, registry: string): Promise<Digests> {
  for (const image of images()) {
    const name = `${publishedName(image, registry)}:${version}`;
    if (await isPublished(name)) throw new Error(`${name} is published already`);
  }
  const digests: Record<string, string> = {};
  for (const image of images()) {
    digests[image.name] = await publishImage(image, version, registry);
  }
  return digests;
}

async function isPublished(name: string): Promise<boolean> {
  return run('docker', ['buildx', 'imagetools', 'inspect', name]).then(
    () => true,
    () => false,
  );
}
