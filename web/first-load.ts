import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** Most that the first page of a visit may load, in bytes after gzip. */
const LIMIT = 170_000;
const LEVEL = 9;
/** First pages of a visit, with the texts of their routes. */
const FIRST = { 'access/log-in-page': ['access'], 'tasks/tasks-page': ['tasks', 'task'] };
/** Texts that each page has; those of problems come after the first paint. */
const ALWAYS = ['common'];

type Bundle = Rolldown.OutputBundle;

/** Adds the files that a chunk needs before it runs: imports of imports, and their styles. */
function filesOf(bundle: Bundle, name: string, seen: Set<string>): void {
  const file = bundle[name];
  if (seen.has(name) || file === undefined) return;
  seen.add(name);
  if (file.type === 'chunk') {
    for (const style of file.viteMetadata?.importedCss ?? []) seen.add(style);
    for (const imported of file.imports) filesOf(bundle, imported, seen);
  }
}

function sizeOf(bundle: Bundle, names: Iterable<string>): number {
  let size = 0;
  for (const name of names) {
    const file = bundle[name]!;
    const content = file.type === 'chunk' ? file.code : file.source;
    size += gzipSync(content, { level: LEVEL }).length;
  }
  return size;
}

/**
 * Fails the build when the first page of a visit loads more than 170 kB (gzip), all of it: start,
 * page, styles, and texts in the longer language. What comes when the browser is idle does not
 * count.
 */
export const firstLoad: Plugin = {
  name: 'first-load',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
    const start = chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
    const chunkOf = (module: string): string => {
      const found = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
      return found?.fileName ?? this.error(`first load: there is no chunk of ${module}`);
    };
    for (const [page, texts] of Object.entries(FIRST)) {
      const files = new Set<string>();
      const parts = [...ALWAYS, ...texts].map((name) => chunkOf(`/src/i18n/ru/${name}.ts`));
      for (const name of [...start, chunkOf(`/src/features/${page}.tsx`), ...parts]) {
        filesOf(bundle, name, files);
      }
      const size = sizeOf(bundle, files);
      if (size > LIMIT) this.error(`first load of ${page}: ${size} bytes, at most ${LIMIT}`);
      this.info(`first load of ${page}: ${size} bytes`);
    }
  },
};
