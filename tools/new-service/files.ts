import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const TEMPLATES = join(__dirname, 'templates');
const ENDING = /\.template$/;
const LIST_END = '] as const satisfies readonly Entry[];';

/** Service to be created. */
export interface NewService {
  /** One word in lower case: folder, app-id, database and first segment of its paths. */
  name: string;
  hasDatabase: boolean;
}

/** File to be written. */
export interface NewFile {
  /** Path relative to the root of the repository. */
  path: string;
  text: string;
}

function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** Returns the files of a new service, from `templates/`: a database adds and replaces files. */
export function filesOf({ name, hasDatabase }: NewService): NewFile[] {
  const files = new Map<string, string>();
  for (const part of hasDatabase ? ['service', 'with-database'] : ['service']) {
    for (const file of filesIn(join(TEMPLATES, part))) {
      const target = file.replaceAll(sep, '/').replace(ENDING, '').replace('NAME', name);
      const text = readFileSync(join(TEMPLATES, part, file), 'utf8');
      const filled = text.replaceAll('{{name}}', name).replaceAll('{{Name}}', titleOf(name));
      files.set(`services/${name}/${target}`, filled);
    }
  }
  return [...files].map(([path, text]) => ({ path, text }));
}

/** Returns the catalogue's text with the service as last entry: ports follow from the position. */
export function catalogueWith(catalogue: string, { name, hasDatabase }: NewService): string {
  const pieces = catalogue.split(LIST_END);
  if (pieces.length !== 2) throw new Error(`The catalogue should have this once: ${LIST_END}`);
  const database = hasDatabase ? `, database: '${name}', migrates: '${name}'` : '';
  return pieces.join(`  { name: '${name}'${database} },\n${LIST_END}`);
}
