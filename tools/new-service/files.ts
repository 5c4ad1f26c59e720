import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const TEMPLATES = join(__dirname, 'templates');
const ENDING = /\.template$/;
const LIST_END = '] as const satisfies readonly Entry[];';

/** What is asked for. */
export interface NewService {
  /** One word in lower case: folder, app-id, database and first part of its paths. */
  name: string;
  hasDatabase: boolean;
}

/** A file to be written. */
export interface NewFile {
  /** Below the repository. */
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

/** The folder of a new service, made from `templates/`: a database adds files and replaces some. */
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

/** The text of the catalogue with the service at its end: ports follow from the position. */
export function catalogueWith(catalogue: string, { name, hasDatabase }: NewService): string {
  const pieces = catalogue.split(LIST_END);
  if (pieces.length !== 2) throw new Error(`The catalogue should have this once: ${LIST_END}`);
  const database = hasDatabase ? `, database: '${name}', migrates: '${name}'` : '';
  return pieces.join(`  { name: '${name}'${database} },\n${LIST_END}`);
}
