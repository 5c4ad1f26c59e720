import { catalogue } from '../../../services/catalogue';
import { images } from '../../../tools/kubernetes/images';
import { kubectl } from '../../../tools/kubernetes/kubectl';
import { getInside } from '../cluster';
import type { Report } from '../report';

const MIB = 1024 * 1024;
const MAX_IMAGE_MIB = 120;
const RESIDENT = /^process_resident_memory_bytes(?:\{[^}]*\})? (\S+)$/m;
const CPU = /^process_cpu_seconds_total(?:\{[^}]*\})? (\S+)$/m;

function valueOf(pattern: RegExp, text: string): number {
  return Number(pattern.exec(text)?.[1] ?? Number.NaN);
}

async function measured(name: string): Promise<string> {
  const parts = { app: 'http://127.0.0.1:3001/metrics', sidecar: 'http://127.0.0.1:9090/metrics' };
  const said: string[] = [];
  for (const [part, url] of Object.entries(parts)) {
    const text = await getInside(`deployment/${name}`, 'app', url);
    const memory = Math.round(valueOf(RESIDENT, text) / MIB);
    said.push(`${part} ${memory} MiB, ${valueOf(CPU, text).toFixed(1)} s of CPU`);
  }
  return said.join('; ');
}

interface NodeList {
  items: { status: { images: { names: string[]; sizeBytes: number }[] } }[];
}

async function imageSizes(tag: string): Promise<Map<string, number>> {
  const { items } = JSON.parse(await kubectl(['get', 'nodes', '-o', 'json'])) as NodeList;
  const all = items.flatMap(({ status }) => status.images);
  const sizeOf = (part: string): number | undefined =>
    all.find(({ names }) => names.some((name) => name.endsWith(part)))?.sizeBytes;
  const base = sizeOf('node:24-bookworm-slim');
  if (base === undefined) return new Map();
  return new Map(
    images().flatMap(({ name }) => {
      const size = sizeOf(`${name}:${tag}`);
      return size === undefined ? [] : [[name, Math.round((size - base) / MIB)]];
    }),
  );
}

/** Scene 9: memory and CPU time of each pod since its start, and the sizes of images. */
export async function measures(report: Report, tag: string): Promise<void> {
  report.begin('9 measures');
  for (const { name } of catalogue) await report.attempt(`cost of ${name}`, () => measured(name));
  await report.attempt('sizes of the images above their base', async () => {
    const sizes = await imageSizes(tag);
    if (sizes.size === 0) return 'unknown: no node tells of the base';
    const said = [...sizes].map(([name, size]) => `${name} ${size} MiB`).join(', ');
    if (Math.max(...sizes.values()) > MAX_IMAGE_MIB) throw new Error(said);
    return said;
  });
}
