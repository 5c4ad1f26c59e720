/** `npm run images [-- tag]`: builds every image of the product and loads it into the cluster. */
import { spawn } from 'node:child_process';
import { runProgram } from '../../services/shared/runtime/run-program';
import { catalogue } from '../../services/catalogue';
import { ourEnvironment } from '../stack/environment';
import { ROOT } from '../stack/folders';

/** One image: its name without tag, and its build arguments. */
export interface Image {
  name: string;
  buildArguments: readonly string[];
}

type Command = readonly string[];

/** Loads an image into a cluster that does not share Docker's images. */
const LOADERS: Readonly<Record<string, (image: string) => Command | null>> = {
  docker: () => null,
  kind: (image) => ['kind', 'load', 'docker-image', image],
  k3d: (image) => ['k3d', 'image', 'import', image],
  minikube: (image) => ['minikube', 'image', 'load', image],
};

/** One image per service folder, and the image `operations`. */
export function images(): Image[] {
  const folders = new Set(catalogue.map(({ entry }) => entry.split('/')[1]!));
  const services = [...folders].map((service) => ({
    name: `popug/${service}`,
    buildArguments: ['--build-arg', `SERVICE=${service}`],
  }));
  return [...services, { name: 'popug/operations', buildArguments: ['--target', 'operations'] }];
}

/**
 * The commands that build and load an image. `how` is `docker` (the cluster uses Docker's images,
 * as Docker Desktop's does), `kind`, `k3d`, `minikube`, or a program that takes the arguments of
 * `docker build` and also loads the image into the cluster.
 */
export function commandsFor(image: Image, tag: string, how: string): Command[] {
  const full = `${image.name}:${tag}`;
  const loader = LOADERS[how];
  const program = loader ? ['docker', 'build'] : [how];
  const { baseImage } = ourEnvironment;
  const base = baseImage ? ['--build-arg', `BASE_IMAGE=${baseImage}`] : [];
  const build = [...program, ROOT, '-t', full, ...image.buildArguments, ...base];
  const load = loader?.(full) ?? null;
  return load === null ? [build] : [build, load];
}

function run([program, ...args]: Command): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, args, { cwd: ROOT, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}`));
    });
  });
}

/** Builds all images under one tag, sequentially: the first build caches the layers all share. */
export async function buildImages(tag: string): Promise<void> {
  for (const image of images()) {
    for (const command of commandsFor(image, tag, ourEnvironment.images)) await run(command);
    console.log(`${image.name}:${tag}`);
  }
}

if (require.main === module) {
  runProgram(() => buildImages(process.argv[2] ?? 'dev'));
}
