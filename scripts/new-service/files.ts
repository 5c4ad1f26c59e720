import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const TEMPLATES = join(__dirname, 'templates');
const ENDING = /\.template$/;

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

/** The name as a part of other names: `reports` → `Reports`. */
export function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** The folder of a new service, made from `templates/`. */
export function filesOf({ name, hasDatabase }: NewService): NewFile[] {
  const kind = hasDatabase ? 'with-database' : 'without-database';
  return ['common', kind].flatMap((part) =>
    filesIn(join(TEMPLATES, part)).map((file) => {
      const target = file.replaceAll(sep, '/').replace(ENDING, '').replace('NAME', name);
      const text = readFileSync(join(TEMPLATES, part, file), 'utf8');
      return {
        path: `services/${name}/${target}`,
        text: text.replaceAll('{{name}}', name).replaceAll('{{Name}}', titleOf(name)),
      };
    }),
  );
}
